import { type Clock, eventTimeOf } from '../clock.ts';
import type { CallEvent } from '../domain/call-event.ts';
import type { EventTime } from '../domain/event-time.ts';
import { MissingFlowError } from '../flows/missing-flow.ts';
import { backOffSeconds } from '../queues/back-off.ts';
import { type CallEventsMessage, decodeCallEvents, encodeCallEvents } from '../queues/call-events-message.ts';
import type { EventQueue } from '../queues/spread-queue.ts';
import type { Committed } from '../store/call-store.ts';
import type { Parked, ParkedReason } from '../store/parked-store.ts';
import { StorageError } from '../store/storage-error.ts';
import { eventsCommitted, eventsDropped, incomingRouted, messageDelayed } from '../telemetry/log-events.ts';
import { noTelemetry, type Telemetry } from '../telemetry/telemetry.ts';
import { batches } from './call-mailboxes.ts';
import type { CallWorker } from './call-worker.ts';
import { findServerCall, type ServerCallPorts } from './find-server-call.ts';
import { type ParkingPorts, park } from './park.ts';
import { parkedMessage, UNDECODABLE } from './parked-message.ts';
import { readElements } from './read-elements.ts';
import { type IncomingPolicy, routeIncoming } from './route-incoming.ts';

export interface ProcessPorts extends ParkingPorts, ServerCallPorts {
  readonly worker: CallWorker;
  readonly callEvents: EventQueue;
  /** What is done about calls that come in, asked when the first one does; nothing unless told. */
  readonly incoming?: (() => Promise<IncomingPolicy>) | undefined;
  readonly clock: Clock;
  /** From 0 up to, not including, 1. */
  readonly random: () => number;
  readonly telemetry?: Telemetry | undefined;
}

/** A message under the key of its call. */
interface Addressed extends CallEventsMessage {
  /** It may have been taken before. */
  readonly isRepeated: boolean;
  /** From the receipt of its callback until it was taken. */
  readonly waitedMs: number;
}

/** Processes messages of the queue `call-events`. */
export class CallEventsProcessor {
  readonly #ports: ProcessPorts;

  constructor(ports: ProcessPorts) {
    this.#ports = ports;
  }

  /**
   * Records the events of one message. When it resolves the message may be deleted: its events are recorded, parked
   * with a reason, or waiting in a later message.
   *
   * @param insertedAt when the message was put, for what has to be parked of it.
   * @param dequeueCount how often it was taken, this time included.
   * @throws StorageError when nothing of that could be done; the message must then stay.
   */
  async process(text: string, insertedAt: EventTime, dequeueCount = 1): Promise<void> {
    const message = decodeCallEvents(text);
    if (message === undefined) return park(this.#ports, [parkedMessage({ text, insertedAt }, UNDECODABLE)]);
    const waitedMs = this.#ageMs(message);
    const addressed = await this.#attempt(message, async () => {
      const found = await this.#addressed(message);
      if (found === undefined) await this.#wait(message);
      return found;
    });
    if (addressed === undefined || typeof addressed === 'string') return;
    const { attempt, replays = 0 } = message;
    const isRepeated = dequeueCount > 1 || attempt > 0 || replays > 0;
    await this.#take(message, { ...addressed, isRepeated, waitedMs });
  }

  async #take(message: CallEventsMessage, addressed: Addressed): Promise<void> {
    const { telemetry = noTelemetry } = this.#ports;
    const { callKey, traceparent, isRepeated, attempt, elements } = addressed;
    const facts = { 'ringback.events': elements.length, 'ringback.attempt': attempt };
    await telemetry.inSpan(
      { name: 'process call-events', kind: 'consumer', callKey, from: traceparent, isRepeated, facts },
      async span => {
        const outcome = await this.#attempt(message, async () => {
          await this.#record(addressed);
          return 'recorded' as const;
        });
        span.tell({ 'ringback.outcome': outcome });
      },
    );
  }

  /** Does what may meet failing storage; then the message is put again, or parked. */
  async #attempt<Result>(
    message: CallEventsMessage,
    work: () => Promise<Result>,
  ): Promise<Result | 'delayed' | 'parked'> {
    try {
      return await work();
    } catch (error) {
      const isMissing = error instanceof MissingFlowError;
      if (!isMissing && !(error instanceof StorageError)) throw error;
      if (!isMissing && error.transient) {
        await this.#delay(message, error);
        return 'delayed';
      }
      const reason = isMissing ? 'missingFlow' : 'refused';
      await park(this.#ports, message.elements.map(asParked(message, reason, error.message)));
      return 'parked';
    }
  }

  /** The message under the key of its call; undefined while a report waits for its call to be known. */
  async #addressed(message: CallEventsMessage): Promise<CallEventsMessage | undefined> {
    const { serverCallId, ...addressed } = message;
    if (serverCallId === undefined) return message;
    const callKey = await findServerCall(this.#ports, serverCallId);
    if (callKey !== undefined) return { ...addressed, callKey };
    return this.#ageMs(message) < REPORTS_WAIT_MS ? undefined : addressed;
  }

  async #wait(message: CallEventsMessage): Promise<void> {
    for (const text of encodeCallEvents(message).texts) {
      await this.#ports.callEvents.put(text, {
        delaySeconds: REPORT_PAUSE_SECONDS,
        callKey: message.callKey,
      });
    }
  }

  #ageMs({ receivedAt }: CallEventsMessage): number {
    return this.#ports.clock.now() - Date.parse(receivedAt);
  }

  async #record(message: Addressed): Promise<void> {
    const { events: told, elementOf, unreadable } = readElements(message);
    const events = [...told, ...(await this.#routed(message.callKey, told))];
    const commits = await Promise.all(
      batches(events).map(batch => this.#ports.worker.record(message.callKey, { events: batch })),
    );
    const last = commits.at(-1);
    if (last !== undefined && last.dropped === 0) this.#log(message, last);
    else if (last !== undefined)
      this.#ports.log(eventsDropped({ callKey: message.callKey, events: events.length }));
    const foreign = commits.flatMap(committed => committed.foreign.map(event => event.fingerprint));
    const own = [...new Set(foreign)].filter(fingerprint => elementOf.has(fingerprint));
    await park(this.#ports, [
      ...unreadable.map(({ element, detail }) => asParked(message, 'malformed', detail)(element)),
      ...own.map(fingerprint => asParked(message, 'foreignId', FOREIGN)(elementOf.get(fingerprint))),
    ]);
  }

  /** What follows at once from a call that comes in. */
  async #routed(callKey: string, events: readonly CallEvent[]): Promise<readonly CallEvent[]> {
    const { incoming, clock, log } = this.#ports;
    if (!events.some(({ type }) => type === 'call.incoming')) return [];
    const policy = (await incoming?.()) ?? NOTHING_DONE;
    const routed = routeIncoming(callKey, events, { now: eventTimeOf(clock.now()), policy });
    if (routed === undefined) return [];
    log(incomingRouted({ callKey, did: routed.did }));
    return routed.events;
  }

  /** Puts the message again to come back later, so that an outage of minutes poisons nothing. */
  async #delay(message: CallEventsMessage, error: StorageError): Promise<void> {
    const { callKey, attempt } = message;
    const delaySeconds = backOffSeconds(attempt, this.#ports.random(), error.retryAfterMs);
    const { texts } = encodeCallEvents({ ...message, attempt: attempt + 1 });
    for (const text of texts) await this.#ports.callEvents.put(text, { delaySeconds, callKey });
    this.#ports.log(messageDelayed({ callKey, attempt, delaySeconds, error: error.message }));
  }

  #log(message: Addressed, committed: Committed): void {
    const { callKey, elements, isRepeated, waitedMs } = message;
    const { events: committedTogether, duplicates, conflicts, head } = committed;
    const ageMs = this.#ageMs(message);
    const fields = { callKey, events: elements.length, committedTogether, duplicates, conflicts };
    const pickUpMs = isRepeated ? null : waitedMs;
    this.#ports.log(eventsCommitted({ ...fields, state: head?.call.state ?? 'unknown', ageMs, pickUpMs }));
  }
}

const NOTHING_DONE: IncomingPolicy = { routes: [], callerDefaults: {} };

/** A report may overtake the events of its call; after that it is filed under the server call itself. */
const REPORTS_WAIT_MS = 120_000;

const REPORT_PAUSE_SECONDS = 15;

const FOREIGN = 'the event names another call than the one that its callback URL belongs to';

function asParked(
  message: CallEventsMessage,
  reason: ParkedReason,
  detail: string,
): (element: unknown) => Parked {
  const receivedAt = message.receivedAt as EventTime;
  const { callKey } = message;
  return element => ({
    reason,
    detail,
    pointer: null,
    kind: 'element',
    callKey,
    receivedAt,
    text: JSON.stringify(element),
  });
}
