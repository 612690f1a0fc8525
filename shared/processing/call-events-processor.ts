import { type Clock, eventTimeOf } from '../clock.ts';
import type { CallEvent } from '../domain/call-event.ts';
import type { EventTime } from '../domain/event-time.ts';
import { backOffSeconds } from '../queues/back-off.ts';
import { type CallEventsMessage, decodeCallEvents, encodeCallEvents } from '../queues/call-events-message.ts';
import type { Queue } from '../queues/queue.ts';
import type { Committed } from '../store/call-store.ts';
import type { Parked, ParkedReason } from '../store/parked-store.ts';
import { StorageError } from '../store/storage-error.ts';
import { eventsCommitted, eventsDropped, incomingRouted, messageDelayed } from '../telemetry/log-events.ts';
import { batches } from './call-mailboxes.ts';
import type { CallWorker } from './call-worker.ts';
import { findServerCall, type ServerCallPorts } from './find-server-call.ts';
import { type ParkingPorts, park } from './park.ts';
import { parkedMessage, UNDECODABLE } from './parked-message.ts';
import { readElements } from './read-elements.ts';
import { type IncomingPolicy, routeIncoming } from './route-incoming.ts';

export interface ProcessPorts extends ParkingPorts, ServerCallPorts {
  readonly worker: CallWorker;
  readonly callEvents: Queue;
  /** What is done about calls that come in; nothing unless told. */
  readonly incoming?: IncomingPolicy | undefined;
  readonly clock: Clock;
  /** From 0 up to, not including, 1. */
  readonly random: () => number;
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
   * @throws StorageError when nothing of that could be done; the message must then stay.
   */
  async process(text: string, insertedAt: EventTime): Promise<void> {
    const message = decodeCallEvents(text);
    if (message === undefined) return park(this.#ports, [parkedMessage({ text, insertedAt }, UNDECODABLE)]);
    try {
      const addressed = await this.#addressed(message);
      if (addressed === undefined) await this.#wait(message);
      else await this.#record(addressed);
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      if (error.transient) await this.#delay(message, error);
      else await park(this.#ports, message.elements.map(asParked(message, 'refused', error.message)));
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
      await this.#ports.callEvents.put(text, { delaySeconds: REPORT_PAUSE_SECONDS });
    }
  }

  #ageMs({ receivedAt }: CallEventsMessage): number {
    return this.#ports.clock.now() - Date.parse(receivedAt);
  }

  async #record(message: CallEventsMessage): Promise<void> {
    const { events: told, elementOf, unreadable } = readElements(message);
    const events = [...told, ...this.#routed(message.callKey, told)];
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
  #routed(callKey: string, events: readonly CallEvent[]): readonly CallEvent[] {
    const { incoming: policy = NOTHING_DONE, clock, log } = this.#ports;
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
    for (const text of texts) await this.#ports.callEvents.put(text, { delaySeconds });
    this.#ports.log(messageDelayed({ callKey, attempt, delaySeconds, error: error.message }));
  }

  #log(message: CallEventsMessage, committed: Committed): void {
    const { callKey, elements } = message;
    const { events: committedTogether, duplicates, conflicts, head } = committed;
    const ageMs = this.#ageMs(message);
    const fields = { callKey, events: elements.length, committedTogether, duplicates, conflicts };
    this.#ports.log(eventsCommitted({ ...fields, state: head?.call.state ?? 'unknown', ageMs }));
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
