import type { Call } from './call.ts';
import type { CallEvent, EventType, ResultInfo } from './call-event.ts';
import { furthest } from './call-state.ts';
import { type EventTime, earliest } from './event-time.ts';
import { resultMembersOf } from './reason.ts';
import type { Signal } from './signal.ts';

/** A call after an event, and what has become true with it. */
export interface Handled {
  readonly call: Call;
  readonly signals: readonly Signal[];
}

/**
 * Applies one kind of event to a call. Pure, and a join: applying the same events in any order and any number of times
 * ends in the same call. Signals are only given for what was not true before.
 */
export type Handler<Type extends EventType> = (call: Call, event: CallEvent<Type>) => Handled;

/** A call that the event proves to be connected: whoever hears, presses or joins is on a connected call. */
export function provenConnected(call: Call): Call {
  return { ...call, wasConnected: true, state: furthest(call.state, 'connected') };
}

/** A call with the conversation's id, if the event names one and is the earliest to do so. */
export function inConversation(call: Call, conversationId: string | null, at: EventTime): Call {
  if (conversationId === null) return call;
  const known = call.conversation;
  const isFirst = known === null || at < known.at || (at === known.at && conversationId < known.id);
  return isFirst ? { ...call, conversation: { id: conversationId, at } } : call;
}

/**
 * A call with the reason of its end. The earliest wins; of two at one moment the one that comes first as text, so that
 * arrival decides nothing.
 */
export function endedFor(call: Call, reason: ResultInfo | null, at: EventTime): Call {
  if (reason === null) return call;
  const told = { ...resultMembersOf(reason), at };
  const known = call.endReason;
  const isFirst =
    known === null || at < known.at || (at === known.at && JSON.stringify(told) < JSON.stringify(known));
  return isFirst ? { ...call, endReason: told } : call;
}

/** A call in at least the given state, with the earliest time at which it was said to be. */
export function reached(
  call: Call,
  state: 'connecting' | 'connected' | 'disconnecting' | 'disconnected',
  at: EventTime,
): Call {
  const field = REACHED_AT[state];
  return { ...call, state: furthest(call.state, state), [field]: earliest(call[field], at) };
}

const REACHED_AT = {
  connecting: 'connectingAt',
  connected: 'connectedAt',
  disconnecting: 'disconnectingAt',
  disconnected: 'endedAt',
} as const;
