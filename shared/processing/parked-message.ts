import type { EventTime } from '../domain/event-time.ts';
import type { Parked } from '../store/parked-store.ts';

/** A queue message that cannot be processed, as it is parked: with its text as it was. */
export function parkedMessage(
  message: { readonly text: string; readonly insertedAt: EventTime },
  why: Pick<Parked, 'reason' | 'detail' | 'callKey'>,
): Parked {
  return { ...why, pointer: null, kind: 'message', receivedAt: message.insertedAt, text: message.text };
}

/** Why a message is parked that nobody can read. */
export const UNDECODABLE = {
  reason: 'undecodable',
  detail: 'the message is none that Ringback puts, or it is damaged',
  callKey: null,
} as const;
