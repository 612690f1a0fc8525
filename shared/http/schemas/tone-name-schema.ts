import * as z from 'zod';
import { TONES } from '../../domain/call-event.ts';

/** A key of the telephone's keypad. */
export const toneNameSchema = z.enum(TONES).describe('The key, by the names that Call Automation uses.');
