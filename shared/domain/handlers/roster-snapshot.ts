import { type Handler, provenConnected } from '../handler.ts';
import { addSnapshot, presentOn } from '../roster.ts';
import type { Signal } from '../signal.ts';

/** Who is on the call, all of them at once. Anybody there proves a connection. */
export const rosterSnapshot: Handler<'roster.snapshot'> = (call, event) => {
  const { sequenceNumber, at, fingerprint } = event;
  const snapshot = { sequenceNumber, at, fingerprint };
  const roster = addSnapshot(
    call.roster,
    event.inferred === true ? { ...snapshot, isInferred: true } : snapshot,
    event.participants,
  );
  if (roster === call.roster) return { call, signals: [] };
  const updated = { ...call, roster };
  const before = presentOn(call.roster);
  const present = presentOn(roster);
  const changed = before.length !== present.length || present.some((rawId, index) => rawId !== before[index]);
  const signals: Signal[] = changed ? [{ type: 'rosterChanged', at, present }] : [];
  return { call: event.participants.length > 0 ? provenConnected(updated) : updated, signals };
};
