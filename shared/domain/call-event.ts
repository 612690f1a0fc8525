import type { ActionDraft } from './action.ts';
import type { EventTime } from './event-time.ts';

/** The wire formats that events can come in; one per call. */
export type DialectName = 'preview-2021-04';

/** Keys of a telephone keypad, in the names of GA Call Automation, plus the preview's `flash`. */
export const TONES = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'asterisk',
  'pound',
  'a',
  'b',
  'c',
  'd',
  'flash',
] as const;

export type ToneName = (typeof TONES)[number];

/** The code, subcode and message with which ACS says how something went. */
export interface ResultInfo {
  readonly code: number | null;
  readonly subcode: number | null;
  readonly message: string | null;
}

/** Somebody on the roster of one snapshot. */
export interface RosterEntry {
  /** ACS's own spelling of an identity, `4:+14255550142` or `8:acs:…`. */
  readonly rawId: string;
  /** One endpoint of that identity; null in dialects that have none. */
  readonly participantId: string | null;
  readonly isMuted: boolean;
}

/** The flow that is to run a call, in the version that is to run it to the end. */
export interface FlowStart {
  readonly name: string;
  readonly version: number;
  /** What the flow is given to start with; plain JSON. */
  readonly input: Readonly<Record<string, unknown>>;
}

/** What an event says, in the words of the domain: the same for every dialect. */
export type EventPayload =
  | { readonly type: 'call.connecting'; readonly conversationId: string | null }
  | { readonly type: 'call.connected'; readonly conversationId: string | null }
  | {
      readonly type: 'call.disconnecting';
      readonly conversationId: string | null;
      readonly wasConnected: boolean;
    }
  | {
      readonly type: 'call.disconnected';
      readonly conversationId: string | null;
      /** The event itself proves that the call had been connected. */
      readonly wasConnected: boolean;
      /** Null where the dialect gives no reason. */
      readonly reason: ResultInfo | null;
    }
  /** Hold, transfer and kin: kept in the journal, no part of the call's state. */
  | { readonly type: 'call.note'; readonly note: string; readonly conversationId: string | null }
  | {
      readonly type: 'roster.snapshot';
      /** Counts up where the dialect numbers its snapshots; null where it does not. */
      readonly sequenceNumber: number | null;
      readonly participants: readonly RosterEntry[];
    }
  | ({ readonly type: 'participant.addStarted' } & AddResult)
  | ({ readonly type: 'participant.addSucceeded' } & AddResult)
  | ({ readonly type: 'participant.addFailed' } & AddResult)
  | ({ readonly type: 'play.started' } & PlayResult)
  | ({ readonly type: 'play.completed' } & PlayResult)
  | ({ readonly type: 'play.canceled' } & PlayResult)
  | ({ readonly type: 'play.failed' } & PlayResult)
  | { readonly type: 'tone.received'; readonly sequenceId: number; readonly tone: ToneName }
  | {
      readonly type: 'recording.state';
      readonly recordingId: string;
      readonly state: 'active' | 'inactive';
      readonly startedAt: EventTime | null;
      readonly conversationId: string | null;
    }
  | { readonly type: 'unknown'; readonly wireType: string; readonly raw: unknown }
  /** A call of ours begins: it is to be placed, or a conversation to be joined. Comes before all else of the call. */
  | {
      readonly type: 'call.requested';
      readonly actionId: string;
      readonly action: ActionDraft;
      /** Null for a call that nothing but its requests run. */
      readonly flow: FlowStart | null;
    }
  /** Somebody asked for an action, by hand or through the API. */
  | { readonly type: 'action.requested'; readonly actionId: string; readonly action: ActionDraft }
  /** ACS took the request of an action. */
  | {
      readonly type: 'action.done';
      readonly actionId: string;
      /** What ACS calls the call that it began with it. */
      readonly learnedWireId?: string | undefined;
    }
  /** ACS refused it, for good. */
  | { readonly type: 'action.failed'; readonly actionId: string; readonly reason: string }
  /** Whether ACS took it cannot be found out, and it must not be sent again. */
  | { readonly type: 'action.unknown'; readonly actionId: string; readonly reason: string }
  | { readonly type: 'timer.fired'; readonly timerId: string; readonly generation: number }
  /** Nothing was heard of the call for so long that it counts as ended. */
  | { readonly type: 'call.lost'; readonly reason: string };

/** The outcome of adding participants; without any named, it is about all that the request named. */
export interface AddResult {
  readonly operationContext: string | null;
  readonly result: ResultInfo | null;
  readonly participants: readonly string[];
}

/** The outcome of playing a prompt. */
export interface PlayResult {
  readonly operationContext: string | null;
  readonly result: ResultInfo | null;
}

export type EventType = EventPayload['type'];

/** One event of a call, from whatever dialect. */
export type CallEvent<Type extends EventType = EventType> = {
  /** Its identity: equal for two deliveries of one event, different for two events. */
  readonly fingerprint: string;
  /** When it happened, as the sender says. */
  readonly at: EventTime;
  /** When the callback that brought it was received; no part of what is known about the call. */
  readonly receivedAt: EventTime;
  readonly dialect: DialectName;
  /** The call leg or call connection that the event names; null when it names none. */
  readonly wireId: string | null;
} & Extract<EventPayload, { readonly type: Type }>;

/** Whether Ringback added the event by itself: ACS said nothing with it, and its time is one of our own clock. */
export function isOurOwn({ type }: Pick<CallEvent, 'type'>): boolean {
  return (
    type.startsWith('action.') || type === 'call.requested' || type === 'timer.fired' || type === 'call.lost'
  );
}
