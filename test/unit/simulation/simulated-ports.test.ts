import { describe } from 'vitest';
import type { Queue } from '../../../shared/queues/queue.ts';
import { MemoryRows } from '../../../shared/store/memory-rows.ts';
import type { Table } from '../../../shared/store/table.ts';
import { FaultPlan } from '../../simulation/faults.ts';
import { QueueStorage } from '../../simulation/queue-storage.ts';
import { Random } from '../../simulation/random.ts';
import { type Actor, Scheduler } from '../../simulation/scheduler.ts';
import { PARKED_TABLE_NAMES, SimulatedQueue, SimulatedTable } from '../../simulation/simulated-ports.ts';
import { type QueueUnderTest, queueConformance } from '../../support/conformance/queue-conformance.ts';
import { tableConformance } from '../../support/conformance/table-conformance.ts';

const ACTOR: Actor = { life: 0, crash: () => undefined };

const NO_FAULTS = { perStep: 0, withCrashes: false } as const;

function makeScheduler(): Scheduler {
  const random = new Random(1, 1);
  const faults = new FaultPlan(NO_FAULTS, random);
  return new Scheduler({ startMs: 1_700_000_000_250, random, faults, onFault: () => undefined });
}

/** Takes steps until there are none, while somebody waits for one. */
async function driven<Result>(scheduler: Scheduler, asked: Promise<Result>): Promise<Result> {
  const run = scheduler.run({ offer: () => undefined, stepsMax: Number.POSITIVE_INFINITY });
  const [result] = await Promise.all([asked, run]);
  return result;
}

function makeQueue(): QueueUnderTest {
  const scheduler = makeScheduler();
  const storage = new QueueStorage('queue');
  const simulated = new SimulatedQueue(storage, { scheduler, actor: ACTOR, putName: 'put' });
  const queue: Queue = {
    put: (...given) => driven(scheduler, simulated.put(...given)),
    receive: (...given) => driven(scheduler, simulated.receive(...given)),
    delete: message => driven(scheduler, simulated.delete(message)),
    oldestInsertedAt: () => driven(scheduler, simulated.oldestInsertedAt()),
  };
  return {
    queue,
    putRaw: async raw => storage.putRaw(raw, scheduler.nowMs),
    waitUntil: async check => {
      for (let waitedMs = 0; waitedMs < 10_000; waitedMs += 100) {
        if (await check()) return;
        scheduler.nowMs += 100;
      }
      throw new Error('no change in 10 s of virtual time');
    },
  };
}

function makeTable(): Table {
  const scheduler = makeScheduler();
  const names = PARKED_TABLE_NAMES;
  const table = new SimulatedTable(new MemoryRows(), { scheduler, actor: ACTOR, names });
  return {
    get: (...given) => driven(scheduler, table.get(...given)),
    commit: (...given) => driven(scheduler, table.commit(...given)),
    list: query => driven(scheduler, table.list(query)),
  };
}

describe('SimulatedQueue', () => queueConformance(makeQueue));

describe('SimulatedTable', () => tableConformance(makeTable));
