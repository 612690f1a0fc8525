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
}

/** What an event tells. */
export type LegNews =
  | { readonly type: 'state'; readonly state: LegState; readonly conversationId: string | null }
  | { readonly type: 'roster'; readonly entries: readonly RosterEntry[] }
  | { readonly type: 'tone'; readonly sequenceId: number; readonly key: string }
  | {
      readonly type: 'play';
      readonly status: 'running' | 'completed' | 'cancelled' | 'failed';
      readonly operationContext: string | null;
      readonly outcome: Outcome | null;
    }
  | {
      readonly type: 'invite';
      readonly status: 'completed' | 'failed';
      readonly operationContext: string | null;
      readonly outcome: Outcome | null;
      readonly identities: readonly Identity[];
      readonly eventId: string;
    };

/** Which call leg it is about. */
export interface LegRef {
  /** As the app knows it. */
  readonly id: string;
  /** Names the leg's random streams: the same for the same seed and the same calls. */
  readonly label: string;
}

/** Something that the app is to be told. */
export interface LegEvent {
  readonly leg: LegRef;
  readonly callbackUri: string;
  readonly at: Instant;
  readonly news: LegNews;
}
