import { type Call, endOf, newCall } from './call.ts';
import { type CallEvent, DIALECT_NAMES, type DialectName, type EventType, isOurOwn } from './call-event.ts';
import { earliest, latest } from './event-time.ts';
import type { Handled, Handler } from './handler.ts';
import { routingTable } from './routing-table.ts';
import type { Signal } from './signal.ts';

/**
 * Applies one event to a call; a call that is not known yet begins with it.
 *
 * Pure, and a join: any order and any repetition of the same events ends in the same call. Signals say what has become
 * true with this event and was not before; a connection comes before whatever proved it.
 */
export function reduceCall(call: Call | undefined, event: CallEvent, callKey: string): Handled {
  const before = call ?? newCall(callKey, event);
  const seen = isOurOwn(event) ? before : heard(before, event);
  const { call: after, signals } = apply(seen, event);
  return { call: after, signals: [...stateSignals(before, after, event), ...signals] };
}

function heard(call: Call, event: CallEvent): Call {
  return {
    ...call,
    dialect: tellingMore(call.dialect, event.dialect),
    wireId: call.wireId ?? event.wireId,
    createdAt: earliest(call.createdAt, event.at),
    lastEventAt: latest(call.lastEventAt, event.at),
  };
}

/** Which of two dialects counts must not depend on which came first. */
function tellingMore(a: DialectName, b: DialectName): DialectName {
  return DIALECT_NAMES.indexOf(a) >= DIALECT_NAMES.indexOf(b) ? a : b;
}

function apply<Type extends EventType>(call: Call, event: CallEvent<Type>): Handled {
  // The table is typed by event type, and TypeScript cannot tell that both sides have the same one.
  const handler = routingTable[event.type] as Handler<Type>;
  return handler(call, event);
}

function stateSignals(before: Call, after: Call, event: CallEvent): Signal[] {
  const signals: Signal[] = [];
  if (after.wasConnected && !before.wasConnected) signals.push({ type: 'connected', at: event.at });
  if (endOf(after) !== null && endOf(before) === null) signals.push({ type: 'disconnected', at: event.at });
  return signals;
}
