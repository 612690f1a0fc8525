import type { ActionDraft, ActionIds } from './action.ts';
import type { EventTime } from './event-time.ts';
import type { OperationEventType } from './operation-events.ts';

/**
 * The wire formats that events can come in. A call is of one of them; where its events come in two, the later one here
 * tells more: Event Grid reports on calls of any kind, and an unknown CloudEvent counts as GA's.
 */
export const DIALECT_NAMES = ['event-grid', 'ga', 'preview-2021-08', 'preview-2021-04'] as const;

export type DialectName = (typeof DIALECT_NAMES)[number];

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
  /** The SIP status behind it; only where the dialect tells it. */
  readonly sipCode?: number | undefined;
  /** The Q.850 cause behind it; only where the dialect tells it. */
  readonly q850Code?: number | undefined;
}

/** Somebody on the roster of one snapshot. */
export interface RosterEntry {
  /** ACS's own spelling of an identity, `4:+14255550142` or `8:acs:…`. */
  readonly rawId: string;
  /** One endpoint of that identity; null in dialects that have none. */
  readonly participantId: string | null;
  readonly isMuted: boolean;
  /** Only where the dialect tells it. */
  readonly isOnHold?: boolean | undefined;
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
  | OperationPayload
  | ReportPayload
  /** Somebody calls a number or a user of ours. */
  | ({ readonly type: 'call.incoming' } & IncomingCall)
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
  /** It never came to a connection. */
  | {
      readonly type: 'call.failed';
      /** What was tried: placing the call, answering it, or connecting to one that runs. */
      readonly stage: 'create' | 'answer' | 'connect';
      readonly operationContext: string | null;
      readonly conversationId: string | null;
      readonly reason: ResultInfo | null;
    }
  /** Hold, transfer and kin: kept in the journal, no part of the call's state. */
  | { readonly type: 'call.note'; readonly note: string; readonly conversationId: string | null }
  | {
      readonly type: 'roster.snapshot';
      /** Counts up where the dialect numbers its snapshots; null where it does not. */
      readonly sequenceNumber: number | null;
      readonly participants: readonly RosterEntry[];
      /** How many more there were, whom the event does not name; only where there were any. */
      readonly unnamed?: number | undefined;
    }
  | { readonly type: 'tone.received'; readonly sequenceId: number; readonly tone: ToneName }
  | {
      readonly type: 'recording.state';
      readonly recordingId: string;
      readonly state: 'active' | 'inactive';
      readonly startedAt: EventTime | null;
      readonly conversationId: string | null;
    }
  /** The files of a recording can be fetched. */
  | {
      readonly type: 'recording.fileReady';
      readonly recordingId: string;
      readonly startedAt: EventTime | null;
      readonly durationMs: number | null;
      /** What it holds: content, channels and format, in the words of ACS. */
      readonly contentType: string | null;
      readonly channelType: string | null;
      readonly formatType: string | null;
      readonly endReason: string | null;
      readonly files: readonly RecordingFile[];
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
      /** What it calls what it began with it on the call. */
      readonly ids?: ActionIds | undefined;
    }
  /** ACS refused it, for good. */
  | { readonly type: 'action.failed'; readonly actionId: string; readonly reason: string }
  /** Whether ACS took it cannot be found out, and it must not be sent again. */
  | { readonly type: 'action.unknown'; readonly actionId: string; readonly reason: string }
  | { readonly type: 'timer.fired'; readonly timerId: string; readonly generation: number }
  /** Nothing was heard of the call for so long that it counts as ended. */
  | { readonly type: 'call.lost'; readonly reason: string };

/** How an operation goes, by the type of its event: see `OPERATION_EVENTS`. */
export type OperationPayload = { readonly type: OperationEventType } & OperationNews;

/** What an event says of an operation. */
export interface OperationNews {
  /** Given by whoever asked for the operation; null when it gave none. */
  readonly operationContext: string | null;
  readonly result: ResultInfo | null;
  /** The rawIds of those it is about; without any, it is about all that the request named. */
  readonly participants?: readonly string[] | undefined;
  /** What a recognition heard: of `input.collected`. */
  readonly input?: CollectedInput | undefined;
  /** What else ACS tells, in its own words; the journal alone keeps it. */
  readonly details?: Readonly<Record<string, string | number>> | undefined;
}

/** What somebody pressed or said when asked for input. */
export type CollectedInput =
  | { readonly kind: 'tones'; readonly tones: readonly ToneName[] }
  | {
      readonly kind: 'choice';
      readonly label: string;
      /** What was said; null when a key was pressed. */
      readonly phrase: string | null;
      readonly confidence: number | null;
    }
  | { readonly kind: 'speech'; readonly speech: string; readonly confidence: number | null };

/** Somebody who calls, and whom. */
export interface IncomingCall {
  readonly conversationId: string | null;
  readonly correlationId: string | null;
  /** The rawIds of the caller, of the called, and of whom they answer for. Null for a caller who is not told. */
  readonly from: string | null;
  readonly to: string;
  readonly onBehalfOf: string | null;
  readonly callerDisplayName: string | null;
  /** What answering, rejecting or redirecting the call takes; good for half a minute. */
  readonly incomingCallContext: string;
  readonly sipHeaders: Readonly<Record<string, string>>;
  readonly voipHeaders: Readonly<Record<string, string>>;
}

/** One file of a recording, with where ACS keeps its parts. */
export interface RecordingFile {
  readonly documentId: string;
  readonly index: number | null;
  readonly endReason: string | null;
  readonly contentLocation: string | null;
  readonly metadataLocation: string | null;
  readonly deleteLocation: string | null;
}

/** What Event Grid reports of a call. It comes for some calls only, so the journal keeps it and no state follows. */
export type ReportPayload =
  | ({ readonly type: 'report.callStarted' } & CallReport)
  | ({
      readonly type: 'report.callEnded';
      readonly endedBy: string | null;
      readonly endedByKind: string | null;
      readonly reason: ResultInfo | null;
      readonly durationSeconds: number | null;
    } & CallReport)
  | ({ readonly type: 'report.participantAdded' } & ParticipantReport)
  | ({ readonly type: 'report.participantRemoved' } & ParticipantReport);

/** What every report says of its call. */
export interface CallReport {
  readonly conversationId: string | null;
  readonly correlationId: string | null;
  readonly startedBy: string | null;
  readonly groupId: string | null;
  readonly isTwoParty: boolean | null;
  readonly isRoomsCall: boolean | null;
}

/** Who came or went. */
export interface ParticipantReport extends CallReport {
  readonly participant: string | null;
  readonly participantId: string | null;
  readonly displayName: string | null;
  readonly userAgent: string | null;
}

export type EventType = EventPayload['type'];

/** What an event of the type says. */
export type PayloadOf<Type extends EventType> =
  | Extract<EventPayload, { readonly type: Type }>
  | (Type extends OperationEventType ? { readonly type: Type } & OperationNews : never);

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
  /** ACS did not tell it: it was found when ACS was asked about the call. */
  readonly inferred?: true | undefined;
} & PayloadOf<Type>;

/** Whether Ringback added the event by itself: ACS said nothing with it, and its time is one of our own clock. */
export function isOurOwn({ type, inferred }: Pick<CallEvent, 'type' | 'inferred'>): boolean {
  return (
    inferred === true ||
    type.startsWith('action.') ||
    type === 'call.requested' ||
    type === 'timer.fired' ||
    type === 'call.lost'
  );
}
