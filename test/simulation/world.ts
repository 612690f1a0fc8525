import type { PutOptions } from '../../shared/queues/queue.ts';
import { eventQueueName, SpreadQueue } from '../../shared/queues/spread-queue.ts';
import type { Planner } from '../../shared/store/call-store.ts';
import { OPEN_PARTITION } from '../../shared/store/keys.ts';
import { MemoryRows } from '../../shared/store/memory-rows.ts';
import type { CommitResult, RowWrite } from '../../shared/store/table.ts';
import type { Log } from '../../shared/telemetry/log-event.ts';
import { Client } from './client.ts';
import {
  type Collaborators,
  composeProcess,
  type ProcessPorts,
  type SimulatedApp,
} from './compose-process.ts';
import { DECIDERS } from './deciders/deciders.ts';
import { Environment } from './environment.ts';
import { FaultPlan } from './faults.ts';
import { type EventQueue, FunctionsHost, type HostQueues } from './functions-host.ts';
import { checkLinesWhenPlaced, isInUse } from './invariants/check-lines.ts';
import { Observer } from './observer.ts';
import type { ProfileName } from './profiles.ts';
import { QueueStorage } from './queue-storage.ts';
import { Random } from './random.ts';
import type { Scenario } from './scenario.ts';
import { Scheduler } from './scheduler.ts';
import {
  callsTableNames,
  INDEX_TABLE_NAMES,
  KEY_TABLE_NAMES,
  LINE_TABLE_NAMES,
  PARKED_TABLE_NAMES,
  RETENTION_TABLE_NAMES,
  SimulatedQueue,
  SimulatedTable,
  skewedClock,
} from './simulated-ports.ts';
import { SimulatedProcess } from './simulated-process.ts';
import { SimulatedAcs } from './simulated-provider.ts';

/** A bug that is put into the world on purpose, around the app and never in it. */
export interface Plant extends Collaborators {
  readonly ports?: (ports: ProcessPorts, world: World) => ProcessPorts;
  readonly deletesFirst?: boolean;
  /** The histories to find it in; all kinds, unless told. */
  readonly profile?: ProfileName;
  /** It takes more than a brief history. */
  readonly onlyLong?: boolean;
  /** The sweep never runs, where it should. */
  readonly isSweepless?: boolean;
}

/** When every history begins. */
export const START_MS = Date.UTC(2021, 4, 5, 20);

const STREAMS = { schedule: 1, faults: 2, environment: 3, app: 4 } as const;

const RESTART_MS = { from: 1_000, to: 30_000 } as const;

/** Everything that one history runs in: storage, processes, ACS, and whoever watches. */
export class World {
  readonly scenario: Scenario;
  readonly observer = new Observer();
  readonly faults: FaultPlan;
  readonly scheduler: Scheduler;
  readonly tables = {
    calls: new WatchedRows(this.observer),
    index: new MemoryRows(),
    parked: new MemoryRows(),
  };
  readonly queues: HostQueues = {
    callEvents: new QueueStorage('call-events'),
    callEventsPoison: new QueueStorage('call-events-poison'),
    callActions: new QueueStorage('call-actions'),
    callActionsPoison: new QueueStorage('call-actions-poison'),
    callAlarms: new QueueStorage('call-alarms'),
    callAlarmsPoison: new QueueStorage('call-alarms-poison'),
  };
  /** Those that events are spread over beside the first, at any time of the history. */
  readonly moreEventQueues: readonly EventQueue[];
  readonly acs: SimulatedAcs;
  readonly processes: readonly SimulatedProcess[];
  readonly host: FunctionsHost;
  readonly environment: Environment;
  /** One for each call that is asked for. */
  readonly clients: readonly Client[];
  /** For planted bugs that need chance. */
  readonly appRandom: Random;
  readonly #plant: Plant;
  /** Gets every line that the app logs, for a trace. */
  onLog: Log | undefined;
  #commits = 0;
  #callKeys = 0;

  constructor(scenario: Scenario, plant: Plant = {}) {
    const random = (stream: number) => new Random(scenario.seed, stream);
    this.scenario = scenario;
    this.moreEventQueues = moreEventQueues(scenario);
    this.#plant = plant;
    this.faults = new FaultPlan(scenario.faults, random(STREAMS.faults));
    this.appRandom = random(STREAMS.app);
    const { observer } = this;
    const scheduler = new Scheduler({
      startMs: START_MS,
      random: random(STREAMS.schedule),
      faults: this.faults,
      onFault: (step, fault) => observer.count(`${step} ${fault}`),
    });
    this.scheduler = scheduler;
    const restarts = random(STREAMS.environment + 10);
    const onCrash = (process: SimulatedProcess) => {
      const delayMs = restarts.between(RESTART_MS.from, RESTART_MS.to);
      scheduler.at(scheduler.nowMs + delayMs, () => process.start());
    };
    this.processes = scenario.clockSkewsMs.map(
      (skewMs, id) =>
        new SimulatedProcess({ id, skewMs, compose: process => this.#compose(process), onCrash }),
    );
    const { processes } = this;
    this.environment = new Environment({
      scheduler,
      random: random(STREAMS.environment),
      observer,
      processes,
      onEnded: wireId => this.acs.gone.add(wireId),
      placed: scenario.placed ?? [],
      isBrief: scenario.isBrief ?? false,
    });
    this.clients = (scenario.placed ?? []).map(
      (call, number) =>
        new Client({
          call,
          number,
          startMs: START_MS,
          scheduler,
          random: random(STREAMS.environment + 20 + number),
          observer,
          processes,
        }),
    );
    this.acs = new SimulatedAcs({
      profile: scenario.provider,
      scheduler,
      onExecuted: request => {
        checkLinesWhenPlaced(this, request);
        this.environment.executed(request);
      },
      onPastWindow: () => observer.count('E repeated past the window'),
      onStillRunning: () => observer.count('E repeated while it runs'),
      onChanged: ({ kind, actionId }) =>
        observer.violate('I5', `${kind} ${actionId} was repeated as another request`),
    });
    this.host = new FunctionsHost({
      scheduler,
      random: random(STREAMS.schedule + 10),
      observer,
      processes,
      queues: this.queues,
      moreEventQueues: this.moreEventQueues,
      maxDequeueCount: scenario.maxDequeueCount,
      hiddenSeconds: scenario.hiddenSeconds,
      deletesFirst: plant.deletesFirst ?? false,
      isSweepless: plant.isSweepless ?? false,
    });
  }

  /** Whether anything is under way that is not just a step that waits. */
  get isBusy(): boolean {
    return !this.environment.isDone || this.clients.some(({ isDone }) => !isDone) || this.host.isBusy;
  }

  /** Whether anything lies where only the sweep looks. */
  isForTheSweep(): boolean {
    if (this.scenario.sweepEverySeconds === null) return false;
    const { callEventsPoison, callActionsPoison, callAlarmsPoison } = this.queues;
    if (callEventsPoison.size + callActionsPoison.size + callAlarmsPoison.size > 0) return true;
    const { index, parked } = this.tables;
    return (
      parked.all().length > 0 || index.all().some(row => row.partitionKey === OPEN_PARTITION || isInUse(row))
    );
  }

  #compose(process: SimulatedProcess): SimulatedApp {
    const ports = this.#ports(process);
    const planted = this.#plant.ports?.(ports, this) ?? ports;
    const { planner } = this.#plant;
    const watched = (plan: Planner): Planner => this.#watched(planner?.(plan, planted) ?? plan);
    return composeProcess(planted, { ...this.#plant, planner: watched });
  }

  #watched(plan: Planner): Planner {
    return (callKey, before, request) =>
      this.observer.planned(before, request, plan(callKey, before, request));
  }

  #ports(process: SimulatedProcess): ProcessPorts {
    const { scheduler, observer, queues, acs, scenario } = this;
    const table = (inner: MemoryRows, names: typeof INDEX_TABLE_NAMES) =>
      new SimulatedTable(inner, { scheduler, actor: process, names });
    const queue = (storage: QueueStorage, putName: string) =>
      new SimulatedQueue(storage, { scheduler, actor: process, putName });
    const eventQueue = (putName: string) =>
      changingSpread(
        [queues.callEvents, ...this.moreEventQueues.map(more => more.queue)].map(storage =>
          queue(storage, putName),
        ),
        () => {
          const spread = spreadAt(scenario, scheduler.nowMs - process.id * NEXT_PROCESS_MS);
          if (spread > 1) observer.count('E put into one of several queues');
          return spread;
        },
      );
    return {
      tables: {
        calls: table(
          this.tables.calls,
          callsTableNames(writes => observer.stepOf(writes)),
        ),
        index: table(this.tables.index, INDEX_TABLE_NAMES),
        parked: table(this.tables.parked, PARKED_TABLE_NAMES),
        lines: table(this.tables.index, LINE_TABLE_NAMES),
        keys: table(this.tables.index, KEY_TABLE_NAMES),
        retention: {
          calls: table(this.tables.calls, RETENTION_TABLE_NAMES),
          index: table(this.tables.index, RETENTION_TABLE_NAMES),
          parked: table(this.tables.parked, RETENTION_TABLE_NAMES),
        },
      },
      queues: {
        received: eventQueue('I3 put events'),
        callEvents: eventQueue('D1 put again'),
        poisonQueues: [
          ...[queues.callEventsPoison, queues.callActionsPoison, queues.callAlarmsPoison],
          ...this.moreEventQueues.map(({ poison }) => poison),
        ].map(storage => queue(storage, 'P1 put')),
        callActions: queue(queues.callActions, 'W6 put poke'),
        callAlarms: queue(queues.callAlarms, 'W6 put alarm'),
      },
      provider: acs.providerFor(process),
      decider: DECIDERS[scenario.decider],
      clock: skewedClock(scheduler, process, process.skewMs),
      random: () => this.appRandom.next(),
      log: event => {
        observer.logged(event);
        this.onLog?.(event);
      },
      nextCommitId: () => `${process.id}.${process.life}.${++this.#commits}`,
      newCallKey: () => `c${String(++this.#callKeys).padStart(16, '0')}`,
      retentionDays: (scenario.keptSeconds ?? 0) / 86_400,
    };
  }
}

/** A new setting reaches one process after the other. */
const NEXT_PROCESS_MS = 5_000;

function moreEventQueues({ eventQueues = [] }: Scenario): EventQueue[] {
  const most = Math.max(1, ...eventQueues.map(({ spread }) => spread));
  return Array.from({ length: most - 1 }, (_, index) => {
    const name = eventQueueName(index + 1);
    return { queue: new QueueStorage(name), poison: new QueueStorage(`${name}-poison`) };
  });
}

function spreadAt({ eventQueues = [] }: Scenario, nowMs: number): number {
  return eventQueues.findLast(({ atMs }) => START_MS + atMs <= nowMs)?.spread ?? 1;
}

/** The queues of events as processes have them that start anew with every change of the setting. */
function changingSpread(queues: readonly SimulatedQueue[], spread: () => number) {
  const now = () => new SpreadQueue(queues, spread());
  return {
    put: (text: string, options?: PutOptions) => now().put(text, options),
    oldestInsertedAt: () => now().oldestInsertedAt(),
  };
}

/** The table of calls, with every stored head shown to the observer. */
class WatchedRows extends MemoryRows {
  readonly #observer: Observer;

  constructor(observer: Observer) {
    super();
    this.#observer = observer;
  }

  override commit(partitionKey: string, writes: readonly RowWrite[]): CommitResult {
    const result = super.commit(partitionKey, writes);
    if (result.ok) this.#observer.stored(partitionKey, writes);
    return result;
  }
}
