import { type EventTime, earliest } from './event-time.ts';

/** A recording of the call. */
export interface Recording {
  readonly recordingId: string;
  readonly state: 'active' | 'inactive';
  /** When its state was last told. */
  readonly at: EventTime;
  /** The earliest start that any event tells; not every event tells it. */
  readonly startedAt: EventTime | null;
}

/**
 * Adds what an event says of a recording: the newest state wins, and of two at one moment the one that says it stopped.
 */
export function addRecording(recordings: readonly Recording[], told: Recording): readonly Recording[] {
  const known = recordings.find(recording => recording.recordingId === told.recordingId);
  const others = recordings.filter(recording => recording !== known);
  const recording = known === undefined ? told : join(known, told);
  return [...others, recording].sort((a, b) => (a.recordingId < b.recordingId ? -1 : 1));
}

function join(known: Recording, told: Recording): Recording {
  const startedAt = told.startedAt === null ? known.startedAt : earliest(known.startedAt, told.startedAt);
  const { state, at } = order(known) >= order(told) ? known : told;
  return { ...known, state, at, startedAt };
}

function order({ at, state }: Recording): string {
  return `${at} ${state}`;
}
