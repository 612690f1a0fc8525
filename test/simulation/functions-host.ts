import { eventTimeOf } from '../../shared/clock.ts';
import { forgetAliases } from '../../shared/processing/forget-aliases.ts';
import { processCallMessage } from '../../shared/processing/process-call-message.ts';
import { purge } from '../../shared/processing/purge.ts';
import { sweep } from '../../shared/processing/sweep.ts';
import type { ReceivedMessage } from '../../shared/queues/queue.ts';
import { StorageError } from '../../shared/store/storage-error.ts';
import type { SimulatedApp } from './compose-process.ts';
import type { Observer } from './observer.ts';
import type { QueueStorage } from './queue-storage.ts';
import type { Random } from './random.ts';
import type { Scheduler } from './scheduler.ts';
import type { SimulatedProcess } from './simulated-process.ts';

/** As host.json has them, and as the listener has them built in. */
const BATCH_SIZE = 16;
const NEW_BATCH_THRESHOLD = 8;
const HIDDEN_AFTER_FAILURE_SECONDS = 30;

type Invoke = (app: SimulatedApp, message: ReceivedMessage) => Promise<void>;

interface Trigger {
  readonly queue: QueueStorage;
  /** Where the host puts what it gives up on. */
  readonly poison: QueueStorage;
  readonly rows: { readonly receive: string; readonly delete: string };
  readonly invoke: Invoke;
}

/** The queues of the account, by their role. */
export interface HostQueues {
  readonly callEvents: QueueStorage;
  readonly callEventsPoison: QueueStorage;
  readonly callActions: QueueStorage;
  readonly callActionsPoison: QueueStorage;
  readonly callAlarms: QueueStorage;
  readonly callAlarmsPoison: QueueStorage;
}

/** A queue that events are spread over beside the first. */
export interface EventQueue {
  readonly queue: QueueStorage;
  readonly poison: QueueStorage;
}

/**
 * The Functions host, as far as the app depends on it: takes messages in batches, hides a running one for ten minutes,
 * deletes it on success, shows it again after a failure, gives up after some tries, and runs the sweep by the clock.
 */
export class FunctionsHost {
  readonly #scheduler: Scheduler;
  readonly #random: Random;
  readonly #observer: Observer;
  readonly #processes: readonly SimulatedProcess[];
  readonly #triggers: readonly Trigger[];
  readonly #maxDequeueCount: number;
  readonly #hiddenSeconds: number;
  readonly #deletesFirst: boolean;
  readonly #isSweepless: boolean;

  constructor(options: {
    readonly scheduler: Scheduler;
    readonly random: Random;
    readonly observer: Observer;
    readonly processes: readonly SimulatedProcess[];
    readonly queues: HostQueues;
    readonly moreEventQueues: readonly EventQueue[];
    readonly maxDequeueCount: number;
    readonly hiddenSeconds: number;
    /** A planted bug: the message is deleted before it is processed. */
    readonly deletesFirst: boolean;
    /** A planted bug: the sweep never runs. */
    readonly isSweepless: boolean;
  }) {
    this.#scheduler = options.scheduler;
    this.#random = options.random;
    this.#observer = options.observer;
    this.#processes = options.processes;
    this.#triggers = triggersOf(options.queues, options.moreEventQueues);
    this.#maxDequeueCount = options.maxDequeueCount;
    this.#hiddenSeconds = options.hiddenSeconds;
    this.#deletesFirst = options.deletesFirst;
    this.#isSweepless = options.isSweepless;
  }

  /** Begins to receive wherever a message is visible; returns when the next one will be. */
  offer(): number | undefined {
    let wakesAtMs: number | undefined;
    for (const trigger of this.#triggers) {
      const visibleAtMs = trigger.queue.nextVisibleAtMs;
      if (visibleAtMs === undefined) continue;
      if (visibleAtMs > this.#scheduler.nowMs) {
        if (wakesAtMs === undefined || visibleAtMs < wakesAtMs) wakesAtMs = visibleAtMs;
        continue;
      }
      if (this.#isWorthReceiving(trigger)) this.#receiveWith(this.#random.pick(this.#processes), trigger);
    }
    return wakesAtMs;
  }

  /** Whether any message waits for a function or the sweep. */
  get isBusy(): boolean {
    return this.#triggers.some(({ queue, poison }) => queue.size + poison.size > 0);
  }

  /** Runs the sweep in one process, as the timer trigger does. */
  async sweep(process: SimulatedProcess): Promise<void> {
    if (!this.#isSweepless) await this.#runByClock(process, sweep);
  }

  /** Runs retention in one process, and what clears up behind it, as their timer triggers do. */
  purge(process: SimulatedProcess): Promise<void> {
    return this.#runByClock(process, async ({ retention }) => {
      await purge(retention);
      await forgetAliases(retention);
    });
  }

  async #runByClock(process: SimulatedProcess, run: (app: SimulatedApp) => Promise<void>): Promise<void> {
    const { app } = process;
    if (app === undefined) return;
    try {
      await run(app);
    } catch (error) {
      this.#notePossibleBug(error);
    }
  }

  /** Where others are about to receive as many messages as there are, one more would find nothing. */
  #isWorthReceiving({ queue }: Trigger): boolean {
    let receiving = 0;
    for (const process of this.#processes) if (process.receiving.has(queue.name)) receiving += 1;
    return receiving === 0 || queue.visible(this.#scheduler.nowMs) > receiving;
  }

  #receiveWith(process: SimulatedProcess, trigger: Trigger): void {
    const { name } = trigger.queue;
    if (process.app === undefined || process.receiving.has(name)) return;
    if ((process.running.get(name) ?? 0) > NEW_BATCH_THRESHOLD) return;
    process.receiving.add(name);
    void this.#receive(process, trigger);
  }

  async #receive(process: SimulatedProcess, trigger: Trigger): Promise<void> {
    const { queue, rows } = trigger;
    const receive = (leaseSeconds: number) => () =>
      queue.receive(1 + this.#random.below(BATCH_SIZE), this.#scheduler.nowMs, leaseSeconds);
    const messages = await this.#scheduler.take(process, {
      name: rows.receive,
      kind: 'receive',
      effect: receive(this.#hiddenSeconds),
      hurried: receive(1 + this.#random.below(5)),
    });
    process.receiving.delete(queue.name);
    process.running.set(queue.name, (process.running.get(queue.name) ?? 0) + messages.length);
    for (const message of messages) void this.#run(process, trigger, message);
  }

  async #run(process: SimulatedProcess, trigger: Trigger, message: ReceivedMessage): Promise<void> {
    const { queue } = trigger;
    const isGivenUp = message.dequeueCount > this.#maxDequeueCount;
    if (isGivenUp) await this.#giveUp(process, trigger, message);
    else await this.#invoke(process, trigger, message);
    process.running.set(queue.name, (process.running.get(queue.name) ?? 1) - 1);
  }

  async #invoke(process: SimulatedProcess, trigger: Trigger, message: ReceivedMessage): Promise<void> {
    const { app } = process;
    if (app === undefined) return;
    if (this.#deletesFirst) await this.#delete(process, trigger, message);
    try {
      await trigger.invoke(app, message);
    } catch (error) {
      this.#notePossibleBug(error);
      const isLast = message.dequeueCount >= this.#maxDequeueCount;
      if (isLast) await this.#giveUp(process, trigger, message);
      else await this.#showAgain(process, trigger, message);
      return;
    }
    if (!this.#deletesFirst) await this.#delete(process, trigger, message);
  }

  async #delete(
    process: SimulatedProcess,
    { queue, rows }: Trigger,
    message: ReceivedMessage,
  ): Promise<void> {
    await this.#take(process, rows.delete, () => queue.delete(message));
  }

  async #showAgain(process: SimulatedProcess, { queue }: Trigger, message: ReceivedMessage): Promise<void> {
    await this.#take(process, 'W1 show again', () =>
      queue.hide(message, this.#scheduler.nowMs, HIDDEN_AFTER_FAILURE_SECONDS),
    );
  }

  /** Copies, then deletes: between the two the message is in both queues. */
  async #giveUp(
    process: SimulatedProcess,
    { queue, poison }: Trigger,
    message: ReceivedMessage,
  ): Promise<void> {
    this.#observer.count('E given up by the host');
    const isCopied = await this.#take(process, 'P1 copy to poison', () => {
      poison.put(message.text ?? '', this.#scheduler.nowMs);
      return true;
    });
    if (isCopied === true) await this.#take(process, 'P1 delete original', () => queue.delete(message));
  }

  #take(process: SimulatedProcess, name: string, effect: () => boolean): Promise<boolean | undefined> {
    return this.#scheduler.take<boolean | undefined>(process, {
      name,
      kind: 'host',
      effect,
      // The host logs it and goes on; the message comes again when its lease ends.
      failed: () => undefined,
    });
  }

  /** Only storage may fail a function, and only for the moment. */
  #notePossibleBug(error: unknown): void {
    if (error instanceof StorageError && error.transient) return;
    this.#observer.violate('error', error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}

function triggersOf(queues: HostQueues, moreEventQueues: readonly EventQueue[]): readonly Trigger[] {
  const eventQueues = [{ queue: queues.callEvents, poison: queues.callEventsPoison }, ...moreEventQueues];
  return [
    ...eventQueues.map(
      ({ queue, poison }): Trigger => ({
        queue,
        poison,
        rows: { receive: 'W1 receive', delete: 'W8 delete' },
        invoke: (app, { text = '', insertedAt }) =>
          app.processor.process(text, eventTimeOf(insertedAt.getTime())),
      }),
    ),
    {
      queue: queues.callActions,
      poison: queues.callActionsPoison,
      rows: { receive: 'A1 receive', delete: 'A3 delete' },
      invoke: (app, message) => processCallMessage(app, app.callActions, asDelivery(message)),
    },
    {
      queue: queues.callAlarms,
      poison: queues.callAlarmsPoison,
      rows: { receive: 'T1 receive', delete: 'T1 delete' },
      invoke: (app, message) => processCallMessage(app, app.callAlarms, asDelivery(message)),
    },
  ];
}

function asDelivery({ text = '', insertedAt, dequeueCount }: ReceivedMessage) {
  return { text, insertedAt: eventTimeOf(insertedAt.getTime()), dequeueCount };
}
