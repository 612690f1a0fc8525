import { BoundedMap } from './bounded-map.ts';
import type { CallLeg } from './call-leg.ts';
import type { Exchange } from './exchange.ts';
import { done, type Refusal, type Result, refused } from './refusal.ts';
import type { World } from './world.ts';

const REMEMBERED = 10_000;
/** So long after its end the files of a recording are there. */
const SECONDS_TO_FILES = 2;

/** What is to be recorded, and how. */
export interface RecordingRequest {
  /** Where its states are told; undefined tells nobody. */
  readonly callbackUri: string | undefined;
  readonly content: string;
  readonly channels: string;
  readonly format: string;
  readonly startsPaused: boolean;
}

/** A recording of a call. */
export interface Recording {
  readonly id: string;
  readonly leg: CallLeg;
  readonly isActive: boolean;
}

interface Known extends Recording {
  isActive: boolean;
  isOver: boolean;
  readonly startedAtMs: number;
  readonly request: RecordingRequest;
}

/** Why a recording is not changed as asked. */
export type RecordingRefusal = Refusal | 'noRecording' | 'alreadyRecording' | 'wrongState';

/** The recordings there are. Nothing is recorded; it is told as if it were. */
export class RecordingDesk {
  readonly #world: World;
  readonly #exchange: Exchange;
  readonly #byId = new BoundedMap<Known>(REMEMBERED);
  readonly #running = new Map<CallLeg, Known>();
  #count = 0;

  constructor(world: World, exchange: Exchange) {
    this.#world = world;
    this.#exchange = exchange;
  }

  /** Begins a recording of a connected call, of which there is one at a time. It ends with the call. */
  start(callId: string, request: RecordingRequest): Result<Recording, RecordingRefusal> {
    const found = this.#exchange.connected(callId);
    if (!found.ok) return found;
    const leg = found.value;
    if (this.#running.has(leg)) return refused('alreadyRecording');
    this.#count += 1;
    const { clock, streams } = this.#world;
    const recording: Known = {
      id: streams.guid(`recording|${leg.leg.label}|${this.#count}`),
      leg,
      isActive: !request.startsPaused,
      isOver: false,
      startedAtMs: clock.now(),
      request,
    };
    this.#byId.set(recording.id, recording);
    this.#running.set(leg, recording);
    leg.whenOver(() => this.#end(recording, true));
    this.#tell(recording);
    return done(recording);
  }

  /** A recording, also one that is over. */
  find(recordingId: string): Result<Recording, RecordingRefusal> {
    const known = this.#byId.get(recordingId);
    return known === undefined ? refused('noRecording') : done(known);
  }

  /** Pauses it, or goes on. */
  setActive(recordingId: string, isActive: boolean): Result<Recording, RecordingRefusal> {
    const known = this.#byId.get(recordingId);
    if (known === undefined || known.isOver) return refused('noRecording');
    if (known.isActive === isActive) return refused('wrongState');
    known.isActive = isActive;
    this.#tell(known);
    return done(known);
  }

  /** Ends it. */
  stop(recordingId: string): Result<Recording, RecordingRefusal> {
    const known = this.#byId.get(recordingId);
    if (known === undefined || known.isOver) return refused('noRecording');
    this.#end(known, false);
    return done(known);
  }

  #end(recording: Known, endedWithCall: boolean): void {
    if (recording.isOver) return;
    const wasActive = recording.isActive;
    recording.isOver = true;
    this.#running.delete(recording.leg);
    recording.isActive = false;
    if (wasActive) this.#tell(recording);
    const { clock } = this.#world;
    const durationMs = clock.now() - recording.startedAtMs;
    clock.after(SECONDS_TO_FILES * 1000, () => this.#announce(recording, { endedWithCall, durationMs }));
  }

  #announce(
    { id, leg: { leg }, startedAtMs, request }: Known,
    how: { readonly endedWithCall: boolean; readonly durationMs: number },
  ): void {
    const { content, channels, format } = request;
    this.#world.announce?.({
      type: 'recordingFiles',
      id: this.#world.streams.guid(`recordingFiles|${id}`),
      atMs: this.#world.clock.now(),
      callId: leg.id,
      conversationId: leg.conversationId,
      correlationId: leg.correlationId,
      recordingId: id,
      startedAtMs,
      content,
      channels,
      format,
      ...how,
    });
  }

  #tell({ id, leg, isActive, startedAtMs, request: { callbackUri } }: Known): void {
    leg.note({ kind: isActive ? 'recordingActive' : 'recordingInactive', detail: id });
    const state = isActive ? 'active' : 'inactive';
    if (callbackUri !== undefined) {
      leg.tell({ type: 'recording', recordingId: id, state, startedAtMs }, callbackUri);
    }
  }
}
