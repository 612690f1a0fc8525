import * as z from 'zod';
import { lazily } from '../../lazily.ts';

const MODALITIES = ['audio', 'video'] as const;
const EVENTS = ['participantsUpdated', 'toneReceived'] as const;

/** What a call carries; sound unless told. */
export const modalitiesSchema = lazily(() =>
  listOf(MODALITIES, 'expected some of audio and video, such as ["audio"]')
    .min(1, 'expected at least one modality, such as ["audio"]')
    .default(['audio'])
    .describe('What the call carries.'),
);

/** What ACS is to tell of a call beside its state; all that there is unless told. */
export const eventsSchema = lazily(() =>
  listOf(EVENTS, 'expected some of participantsUpdated and toneReceived, such as ["participantsUpdated"]')
    .default([...EVENTS])
    .describe('What ACS is to tell of the call beside its state: rosters, and keys that are pressed.'),
);

function listOf<const Names extends readonly [string, ...string[]]>(names: Names, error: string) {
  return z.array(z.enum(names, error), error).refine(list => new Set(list).size === list.length, error);
}
