import type { Identity } from './identity.ts';

/** A moment, to 100 ns, as ACS writes it. */
export interface Instant {
  /** Whole milliseconds since 1970. */
  readonly ms: number;
  /** Units of 100 ns within the millisecond, 0 to 9999. */
  readonly ticks: number;
}

/** How far a call leg is. */
export type LegState = 'connecting' | 'connected' | 'disconnecting' | 'disconnected';

/** The code, subcode and words with which ACS says how something went. */
export interface Outcome {
  readonly code: number;
  readonly subcode: number;
  readonly message: string;
}

/** Somebody on a conversation. */
export interface RosterEntry {
  readonly identity: Identity;
  readonly participantId: string;
  readonly isMuted: boolean;
  readonly isOnHold: boolean;
}

/** Why a call leg is over. */
export type CallEnd =
  | { readonly kind: 'byApp' }
  /** Nobody else was left: who went last. */
  | { readonly kind: 'left'; readonly who: Identity | undefined }
  /** None of those called came: how it went with the last of them. */
  | { readonly kind: 'unreached'; readonly who: Identity | undefined; readonly outcome: Outcome }
  /** Whoever called gave up before the app was there. */
  | { readonly kind: 'callerGone' }
  /** The app has handed it over to somebody else. */
  | { readonly kind: 'transferred' };

/** What the app asked for, and how that goes. */
interface OperationNews {
  readonly operationContext: string | null;
  /** Null where it only begins. */
  readonly outcome: Outcome | null;
}

/** What somebody pressed or said when they were asked. */
export type HeardInput =
  | { readonly kind: 'tones'; readonly keys: readonly string[] }
  | { readonly kind: 'choice'; readonly label: string; readonly phrase: string | undefined }
  | { readonly kind: 'speech'; readonly text: string };

/** What an event tells. */
export type LegNews =
  | {
      readonly type: 'state';
      readonly state: LegState;
      readonly conversationId: string | null;
      /** Of the request that made the call. */
      readonly operationContext?: string | null;
      /** Of disconnected. */
      readonly end?: CallEnd;
    }
  | { readonly type: 'roster'; readonly sequenceNumber: number; readonly entries: readonly RosterEntry[] }
  | {
      readonly type: 'tone';
      readonly sequenceId: number;
      readonly key: string;
      /** Of the request to listen, where there was one. */
      readonly operationContext?: string | null;
    }
  | { readonly type: 'tonesStopped'; readonly operationContext: string | null }
  | (OperationNews & {
      readonly type: 'play';
      readonly status: 'running' | 'completed' | 'cancelled' | 'failed';
      /** Which of several prompts failed, from 0. */
      readonly failedIndex?: number;
    })
  | (OperationNews & {
      readonly type: 'recognize';
      readonly status: 'completed' | 'cancelled' | 'failed';
      readonly input?: HeardInput;
      readonly failedIndex?: number;
    })
  | (OperationNews & {
      readonly type: 'invite';
      readonly status: 'completed' | 'failed';
      readonly identities: readonly Identity[];
      readonly eventId: string;
      readonly invitationId: string;
    })
  | (OperationNews & {
      readonly type: 'cancelInvite';
      readonly status: 'completed' | 'failed';
      readonly invitationId: string;
    })
  | (OperationNews & {
      readonly type: 'remove';
      readonly status: 'completed' | 'failed';
      readonly identity: Identity;
    })
  | (OperationNews & {
      readonly type: 'move';
      readonly status: 'completed' | 'failed';
      readonly identity: Identity;
      /** The id of the call leg that they were on. */
      readonly fromCall: string;
    })
  | (OperationNews & {
      readonly type: 'transfer';
      readonly status: 'completed' | 'failed';
      readonly target: Identity;
      readonly transferee: Identity;
    })
  | (OperationNews & { readonly type: 'sendTones'; readonly status: 'completed' | 'failed' })
  | (OperationNews & { readonly type: 'hold'; readonly status: 'failed' })
  | (OperationNews & {
      readonly type: 'transcription' | 'mediaStreaming';
      readonly status: 'started' | 'updated' | 'stopped';
    })
  | {
      readonly type: 'recording';
      readonly recordingId: string;
      readonly state: 'active' | 'inactive';
      readonly startedAtMs: number;
    };

/** Which call leg it is about. */
export interface LegRef {
  /** As the app knows it. */
  readonly id: string;
  /** Names the leg's random streams: the same for the same seed and the same calls. */
  readonly label: string;
  /** Which way of speaking its app has: a name that means nothing here. Undefined for that of the emulator. */
  readonly dialect?: string | undefined;
  readonly conversationId: string;
  /** Joins what different services tell of it. */
  readonly correlationId: string;
  /** How the app came to it. */
  readonly origin: 'placed' | 'joined' | 'answered' | 'outside';
}

/** Something that the app is to be told. */
export interface LegEvent {
  /** The same however often it is sent. */
  readonly id: string;
  readonly leg: LegRef;
  readonly callbackUri: string;
  readonly at: Instant;
  readonly news: LegNews;
}
