import type { Action } from './action.ts';
import type { DialectName, ResultInfo } from './call-event.ts';
import type { CallState } from './call-state.ts';
import type { EventTime } from './event-time.ts';
import type { FlowState } from './flow-state.ts';
import type { Operation } from './operation.ts';
import type { Recording } from './recording.ts';
import type { Roster } from './roster.ts';
import type { Timer } from './timer.ts';
import type { Tone } from './tone.ts';

/**
 * What is known about one call: the aggregate.
 *
 * Every field that tells what happened is a join of what the events say (a minimum, a maximum, a union), so any order
 * and any repetition of the same events end in the same call. It is stored as JSON in the head row of the call's partition.
 */
export interface Call {
  readonly callKey: string;
  readonly dialect: DialectName;
  /** The call leg or call connection that this call is bound to: the first one seen on its callback URL. */
  readonly wireId: string | null;
  readonly state: CallState;
  /** The conversation's id, from the earliest event that names one. */
  readonly conversation: { readonly id: string; readonly at: EventTime } | null;
  /** The earliest and the latest event time known. */
  readonly createdAt: EventTime;
  readonly lastEventAt: EventTime;
  readonly connectingAt: EventTime | null;
  readonly connectedAt: EventTime | null;
  readonly disconnectingAt: EventTime | null;
  readonly endedAt: EventTime | null;
  /** When the call was given up because nothing was heard of it; the event that tells the true end outranks it. */
  readonly lostAt: EventTime | null;
  /** Some event proves a connection; `connectedAt` stays null until the event that tells its time comes. */
  readonly wasConnected: boolean;
  /** Why the call ended, from the earliest event that says so. */
  readonly endReason: (ResultInfo & { readonly at: EventTime }) | null;
  readonly roster: Roster;
  readonly tones: readonly Tone[];
  readonly operations: readonly Operation[];
  readonly recordings: readonly Recording[];
  /** In the order in which they were planned, which is the order in which they go out. */
  readonly actions: readonly Action[];
  readonly timers: readonly Timer[];
  /** The flow that runs the call; null for one that nothing but its requests run. */
  readonly flow: FlowState | null;
}

/** One for all calls: thousands of them are kept in memory, and most have no tones, recordings or actions. */
const NONE: readonly never[] = [];

/** A call about which only one event's envelope is known. */
export function newCall(
  callKey: string,
  first: { readonly dialect: DialectName; readonly wireId: string | null; readonly at: EventTime },
): Call {
  return {
    callKey,
    dialect: first.dialect,
    wireId: first.wireId,
    state: 'unknown',
    conversation: null,
    createdAt: first.at,
    lastEventAt: first.at,
    connectingAt: null,
    connectedAt: null,
    disconnectingAt: null,
    endedAt: null,
    lostAt: null,
    wasConnected: false,
    endReason: null,
    roster: { snapshots: NONE, members: NONE },
    tones: NONE,
    operations: NONE,
    recordings: NONE,
    actions: NONE,
    timers: NONE,
    flow: null,
  };
}

/** When the call ended, or was given up; null while it is open. */
export function endOf(call: Pick<Call, 'endedAt' | 'lostAt'>): EventTime | null {
  return call.endedAt ?? call.lostAt;
}
