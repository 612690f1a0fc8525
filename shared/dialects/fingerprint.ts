import { hash22 } from '../ids/hash22.ts';
import { canonicalJson } from './canonical-json.ts';
import type { WireEvent } from './dialect.ts';

/**
 * The identity of an event within its call: 22 characters that are equal for two deliveries of one event.
 *
 * The sender's id decides where there is one. Without one (most of the 2021-04 preview) it is a hash of everything
 * that the event says, its time to 100 ns included: hashing less would take two equal tones for one, and an event that
 * is sent again with another time costs one more journal row, never another effect.
 */
export function fingerprintOf(event: WireEvent): string {
  if (event.fingerprint !== undefined) return event.fingerprint;
  const identity =
    event.eventId === null
      ? ['content', event.wireType.toLowerCase(), event.at, canonicalJson(sortedContent(event))]
      : ['id', event.wireType.toLowerCase(), event.eventId];
  return hash22(identity.join('\n'));
}

/** A snapshot lists the same participants in whatever order. */
function sortedContent(event: WireEvent): unknown {
  const { payload } = event;
  if (payload.type !== 'roster.snapshot') return { wireId: event.wireId, payload };
  const participants = payload.participants.map(canonicalJson).sort();
  return { wireId: event.wireId, payload: { ...payload, participants } };
}
