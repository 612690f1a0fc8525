import type { EventTime } from './event-time.ts';

/** A recording of the call. */
export interface Recording {
  readonly recordingId: string;
  readonly state: 'active' | 'inactive';
  /** When its state was last told. */
  readonly at: EventTime;
  readonly startedAt: EventTime | null;
}

/** Adds what an event says of a recording: the newest wins, and of two at one moment the one that says it stopped. */
export function addRecording(recordings: readonly Recording[], told: Recording): readonly Recording[] {
  const known = recordings.find(recording => recording.recordingId === told.recordingId);
  if (known !== undefined && order(known) >= order(told)) return recordings;
  const others = recordings.filter(recording => recording !== known);
  return [...others, told].sort((a, b) => (a.recordingId < b.recordingId ? -1 : 1));
}

function order(recording: Recording): string {
  return `${recording.at} ${recording.state} ${recording.startedAt ?? ''}`;
}
