import type { ToneName } from './call-event.ts';
import { type EventTime, earliest } from './event-time.ts';

/** A key that somebody pressed. */
export interface Tone {
  /** Its place among the tones of the call, counted by ACS from 1. */
  readonly sequenceId: number;
  readonly tone: ToneName;
  readonly at: EventTime;
}

/**
 * Adds a tone, kept in sequence. A tone with the same number and key is the same one, told at another time: the
 * earliest stays. Two keys under one number are both kept, since which of them is wrong cannot be known.
 */
export function addTone(tones: readonly Tone[], tone: Tone): readonly Tone[] {
  const same = (other: Tone) => other.sequenceId === tone.sequenceId && other.tone === tone.tone;
  const known = tones.find(same);
  if (known !== undefined && known.at <= tone.at) return tones;
  const at = earliest(known?.at ?? null, tone.at);
  return [...tones.filter(other => !same(other)), { ...tone, at }].sort(bySequence);
}

function bySequence(a: Tone, b: Tone): number {
  if (a.sequenceId !== b.sequenceId) return a.sequenceId - b.sequenceId;
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return a.tone < b.tone ? -1 : 1;
}
