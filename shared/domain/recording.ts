import type { RecordingFile } from './call-event.ts';
import { type EventTime, earliest } from './event-time.ts';

/** A recording of the call. */
export interface Recording {
  readonly recordingId: string;
  readonly state: 'active' | 'inactive';
  /** When its state was last told. */
  readonly at: EventTime;
  /** The earliest start that any event tells; not every event tells it. */
  readonly startedAt: EventTime | null;
  /** What can be fetched of it, ordered by document; only once Event Grid tells. */
  readonly files?: readonly RecordingFile[] | undefined;
}

/**
 * Adds what an event says of a recording: the newest state wins, and of two at one moment the one that says it stopped.
 */
export function addRecording(recordings: readonly Recording[], told: Recording): readonly Recording[] {
  const known = recordings.find(recording => recording.recordingId === told.recordingId);
  const others = recordings.filter(recording => recording !== known);
  const recording = join(known ?? withoutFiles(told), told);
  return [...others, recording].sort((a, b) => (a.recordingId < b.recordingId ? -1 : 1));
}

function withoutFiles({ files: _, ...recording }: Recording): Recording {
  return recording;
}

function join(known: Recording, told: Recording): Recording {
  const startedAt = told.startedAt === null ? known.startedAt : earliest(known.startedAt, told.startedAt);
  const { state, at } = order(known) >= order(told) ? known : told;
  const recording = { ...known, state, at, startedAt };
  return told.files === undefined ? recording : { ...recording, files: union(known.files ?? [], told.files) };
}

/** Of two descriptions of one document the one that comes first as text stays. */
function union(known: readonly RecordingFile[], told: readonly RecordingFile[]): RecordingFile[] {
  const files = new Map<string, RecordingFile>();
  for (const file of [...known, ...told]) {
    const other = files.get(file.documentId);
    if (other === undefined || JSON.stringify(file) < JSON.stringify(other)) files.set(file.documentId, file);
  }
  return [...files.values()].sort((a, b) => (a.documentId < b.documentId ? -1 : 1));
}

function order({ at, state }: Recording): string {
  return `${at} ${state}`;
}
