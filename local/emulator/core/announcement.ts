import type { Identity } from './identity.ts';

/** Which call an announcement is about. */
export interface AnnouncedCall {
  readonly conversationId: string;
  readonly correlationId: string;
}

/** Somebody rings, and an app may take the call. */
export interface IncomingCall extends AnnouncedCall {
  readonly type: 'incomingCall';
  readonly from: Identity;
  readonly to: Identity;
  readonly callerDisplayName: string;
  /** With this it is answered, rejected or redirected. */
  readonly context: string;
  readonly onBehalfOf: Identity | undefined;
  readonly sipHeaders: Readonly<Record<string, string>>;
  readonly voipHeaders: Readonly<Record<string, string>>;
}

/** A recording is over, and its files can be had. */
export interface RecordingFiles extends AnnouncedCall {
  readonly type: 'recordingFiles';
  readonly callId: string;
  readonly recordingId: string;
  readonly startedAtMs: number;
  readonly durationMs: number;
  readonly content: string;
  readonly channels: string;
  readonly format: string;
  readonly endedWithCall: boolean;
}

/** How a call with a user of the resource goes on. */
export interface CallReport extends AnnouncedCall {
  readonly type: 'callStarted' | 'callEnded' | 'participantAdded' | 'participantRemoved';
  readonly startedBy: Identity;
  /** Who came or went, or ended it. */
  readonly who: Identity;
  readonly participantId: string;
  readonly isTwoParty: boolean;
  readonly durationSeconds: number;
}

/** Something told to those who watch the whole resource. */
export type Announcement = {
  /** The same however often it is told. */
  readonly id: string;
  readonly atMs: number;
} & (IncomingCall | RecordingFiles | CallReport);
