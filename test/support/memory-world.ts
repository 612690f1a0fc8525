import type { Policy } from '../../shared/actions/policy.ts';
import { tracedProvider } from '../../shared/actions/traced-provider.ts';
import { eventTimeOf } from '../../shared/clock.ts';
import type { ActionKind } from '../../shared/domain/action.ts';
import { type Decider, type FlowLookup, listening } from '../../shared/flows/decider.ts';
import { CallEventsProcessor } from '../../shared/processing/call-events-processor.ts';
import { CallWorker } from '../../shared/processing/call-worker.ts';
import { processCallMessage } from '../../shared/processing/process-call-message.ts';
import { MemoryQueue } from '../../shared/queues/memory-queue.ts';
import type { Queue } from '../../shared/queues/queue.ts';
import { CallIndex } from '../../shared/store/call-index.ts';
import { CallStore } from '../../shared/store/call-store.ts';
import { Lines } from '../../shared/store/lines.ts';
import { MemoryTable } from '../../shared/store/memory-table.ts';
import { ParkedStore } from '../../shared/store/parked-store.ts';
import type { LogEvent } from '../../shared/telemetry/log-event.ts';
import { noTelemetry, type Telemetry } from '../../shared/telemetry/telemetry.ts';
import { Faults } from './faults.ts';
import { FaultyProvider } from './faulty-provider.ts';
import { FaultyQueue } from './faulty-queue.ts';
import { FaultyTable } from './faulty-table.ts';
import { plannerOf } from './planner.ts';
import { ScriptedProvider } from './scripted-provider.ts';

/** What one process of the app works with; it dies with its caches when a test lets go of it. */
export interface Instance {
  readonly faults: Faults;
  readonly calls: CallStore;
  readonly index: CallIndex;
  readonly lines: Lines;
  readonly parked: ParkedStore;
  readonly callEvents: Queue;
  readonly callEventsPoison: Queue;
  readonly callActions: Queue;
  readonly callAlarms: Queue;
  readonly random: () => number;
  readonly worker: CallWorker;
  readonly processor: CallEventsProcessor;
  readonly logged: LogEvent[];
  readonly log: (event: LogEvent) => void;
}

const HIDE_SECONDS = 30;

/** The storage account in memory, in which any number of processes can live and die, and a clock that waits for nobody. */
export class MemoryWorld {
  readonly tables = { calls: new MemoryTable(), index: new MemoryTable(), parked: new MemoryTable() };
  readonly clock = {
    nowMs: Date.UTC(2021, 4, 5, 21),
    now: () => this.clock.nowMs,
    sleep: async (ms: number) => {
      this.clock.nowMs += ms;
    },
  };
  readonly callEvents = new MemoryQueue(this.clock);
  readonly callEventsPoison = new MemoryQueue(this.clock);
  readonly callActions = new MemoryQueue(this.clock);
  readonly callAlarms = new MemoryQueue(this.clock);
  /** ACS, which all processes talk to. */
  readonly provider: ScriptedProvider;
  readonly decider: Decider;
  readonly telemetry: Telemetry;
  /** The flows that are deployed; a process has those of its start. */
  flows: FlowLookup | undefined;

  /** @param options what is done on calls, and how; nothing by default. */
  constructor(
    options: {
      readonly decider?: Decider;
      readonly flows?: FlowLookup;
      readonly policies?: Partial<Record<ActionKind, Policy>>;
      readonly telemetry?: Telemetry;
    } = {},
  ) {
    this.decider = options.decider ?? listening;
    this.telemetry = options.telemetry ?? noTelemetry;
    this.flows = options.flows;
    this.provider = new ScriptedProvider(options.policies);
  }

  /** A new process: nothing cached, and what goes wrong with its storage. */
  startInstance(faults = new Faults()): Instance {
    const { calls, index, parked } = this.tables;
    const callIndex = new CallIndex(new FaultyTable(index, { faults, port: 'index' }));
    const pause = async () => {};
    const { telemetry } = this;
    const provider = tracedProvider(new FaultyProvider(this.provider, faults), telemetry);
    const plan = plannerOf(this.clock, {
      decider: this.decider,
      flows: this.flows,
      policyOf: provider.policyOf,
    });
    const callStore = new CallStore(new FaultyTable(calls, { faults, port: 'calls' }), callIndex, {
      plan,
      pause,
    });
    const logged: LogEvent[] = [];
    const ports = {
      calls: callStore,
      index: callIndex,
      lines: new Lines(new FaultyTable(index, { faults, port: 'lines' }), { perNumber: 2 }),
      provider,
      parked: new ParkedStore(new FaultyTable(parked, { faults, port: 'parked' })),
      callEvents: new FaultyQueue(this.callEvents, { faults, port: 'callEvents' }),
      callEventsPoison: new FaultyQueue(this.callEventsPoison, { faults, port: 'callEventsPoison' }),
      callActions: new FaultyQueue(this.callActions, { faults, port: 'callActions' }),
      callAlarms: new FaultyQueue(this.callAlarms, { faults, port: 'callAlarms' }),
      log: (event: LogEvent) => logged.push(event),
      clock: this.clock,
      random: () => 0,
      telemetry,
    };
    const worker = new CallWorker(ports);
    const processor = new CallEventsProcessor({ ...ports, worker });
    return { ...ports, faults, logged, worker, processor };
  }

  /**
   * Does once what the host does: takes messages, gives them to the process and deletes those that it is done with.
   * Returns how many were taken.
   */
  async work({ processor }: Instance): Promise<number> {
    const messages = await this.callEvents.receive(32, HIDE_SECONDS);
    await Promise.all(
      messages.map(async message => {
        try {
          const insertedAt = eventTimeOf(message.insertedAt.getTime());
          await processor.process(message.text ?? message.raw, insertedAt, message.dequeueCount);
          await this.callEvents.delete(message);
        } catch {
          // It becomes visible again, as under the host.
        }
      }),
    );
    return messages.length;
  }

  /** Does the same for the messages that say that a call is to be looked at. Returns how many were taken. */
  async visit(instance: Instance): Promise<number> {
    const queues = [
      { queue: this.callActions, port: instance.callActions },
      { queue: this.callAlarms, port: instance.callAlarms },
    ];
    let taken = 0;
    for (const { queue, port } of queues) {
      const messages = await queue.receive(32, HIDE_SECONDS);
      taken += messages.length;
      for (const { text, raw, insertedAt, ...message } of messages) {
        const what = {
          text: text ?? raw,
          insertedAt: eventTimeOf(insertedAt.getTime()),
          dequeueCount: message.dequeueCount,
        };
        const isDone = await processCallMessage(instance, port, what).then(
          () => true,
          () => false,
        );
        if (isDone) await queue.delete(message);
      }
    }
    return taken;
  }

  /** Works until nothing is left to be done: every queue is empty, however long its messages are hidden. */
  async comeToRest(instance: Instance): Promise<void> {
    const queues = [this.callEvents, this.callActions, this.callAlarms];
    for (let round = 0; queues.some(({ size }) => size > 0); round++) {
      if (round > 10_000) throw new Error('It does not come to rest.');
      if ((await this.work(instance)) + (await this.visit(instance)) === 0) this.clock.nowMs += 1_000;
    }
  }

  /** Works until the queue is empty, however long its messages are hidden. */
  async workOff(instance: Instance): Promise<void> {
    for (let round = 0; this.callEvents.size > 0; round++) {
      if (round > 10_000) throw new Error('The queue does not become empty.');
      if ((await this.work(instance)) === 0) this.clock.nowMs += 1_000;
    }
  }
}
