import * as z from 'zod';
import { TONES } from '../../domain/call-event.ts';
import { lazily } from '../../lazily.ts';

/** The keys that GA knows: all of the domain's but the previews' flash. */
const DTMF_TONES = TONES.filter(tone => tone !== 'flash');

const TONE = `expected one of ${DTMF_TONES.join(', ')}`;

/** One key. */
export const dtmfToneSchema = lazily(() => z.enum(DTMF_TONES, TONE));

/** At most so many tones are sent with one request, as ACS documents it. */
const SENT_MAX = 18;

/** Keys that are to be pressed. */
export const sentTonesSchema = lazily(() =>
  z
    .array(dtmfToneSchema(), 'expected a list of tones, such as ["one", "pound"]')
    .min(1, 'expected at least one tone, such as ["one", "pound"]')
    .max(SENT_MAX, `expected at most ${SENT_MAX} tones, which is what ACS sends with one request`)
    .describe('The keys, in the order in which they are pressed.'),
);
