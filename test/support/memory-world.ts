import { eventTimeOf } from '../../shared/clock.ts';
import { CallEventsProcessor } from '../../shared/processing/call-events-processor.ts';
import { MemoryQueue } from '../../shared/queues/memory-queue.ts';
import type { Queue } from '../../shared/queues/queue.ts';
import { CallIndex } from '../../shared/store/call-index.ts';
import { CallStore } from '../../shared/store/call-store.ts';
import { MemoryTable } from '../../shared/store/memory-table.ts';
import { ParkedStore } from '../../shared/store/parked-store.ts';
import type { LogEvent } from '../../shared/telemetry/log-event.ts';
import { Faults } from './faults.ts';
import { FaultyQueue } from './faulty-queue.ts';
import { FaultyTable } from './faulty-table.ts';

/** What one process of the app works with; it dies with its caches when a test lets go of it. */
export interface Instance {
  readonly faults: Faults;
  readonly calls: CallStore;
  readonly index: CallIndex;
  readonly parked: ParkedStore;
  readonly callEvents: Queue;
  readonly callEventsPoison: Queue;
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

  /** A new process: nothing cached, and what goes wrong with its storage. */
  startInstance(faults = new Faults()): Instance {
    const { calls, index, parked } = this.tables;
    const callIndex = new CallIndex(new FaultyTable(index, { faults, port: 'index' }));
    const pause = async () => {};
    const callStore = new CallStore(new FaultyTable(calls, { faults, port: 'calls' }), callIndex, { pause });
    const logged: LogEvent[] = [];
    const ports = {
      calls: callStore,
      parked: new ParkedStore(new FaultyTable(parked, { faults, port: 'parked' })),
      callEvents: new FaultyQueue(this.callEvents, { faults, port: 'callEvents' }),
      callEventsPoison: new FaultyQueue(this.callEventsPoison, { faults, port: 'callEventsPoison' }),
      log: (event: LogEvent) => logged.push(event),
      clock: this.clock,
      random: () => 0,
    };
    return { ...ports, faults, logged, index: callIndex, processor: new CallEventsProcessor(ports) };
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
          await processor.process(message.text ?? message.raw, eventTimeOf(message.insertedAt.getTime()));
          await this.callEvents.delete(message);
        } catch {
          // It becomes visible again, as under the host.
        }
      }),
    );
    return messages.length;
  }

  /** Works until the queue is empty, however long its messages are hidden. */
  async workOff(instance: Instance): Promise<void> {
    for (let round = 0; this.callEvents.size > 0; round++) {
      if (round > 10_000) throw new Error('The queue does not become empty.');
      if ((await this.work(instance)) === 0) this.clock.nowMs += 1_000;
    }
  }
}
