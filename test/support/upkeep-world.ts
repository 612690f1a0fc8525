import { PREVIEW_POLICIES } from '../../shared/actions/policy.ts';
import type { ActionRequest, ActionResult, CallAnswer, Provider } from '../../shared/actions/provider.ts';
import { eventTimeOf } from '../../shared/clock.ts';
import type { CallEvent, DialectName, EventPayload, RosterEntry } from '../../shared/domain/call-event.ts';
import type { EventTime } from '../../shared/domain/event-time.ts';
import { type Decider, type FlowLookup, listening } from '../../shared/flows/decider.ts';
import { hash22 } from '../../shared/ids/hash22.ts';
import { CallWorker } from '../../shared/processing/call-worker.ts';
import { planCommit } from '../../shared/processing/plan-commit.ts';
import { MemoryQueue } from '../../shared/queues/memory-queue.ts';
import type { CallHead } from '../../shared/store/call-head.ts';
import { CallIndex } from '../../shared/store/call-index.ts';
import { CallPartitions } from '../../shared/store/call-partitions.ts';
import { CallStore, type Committed } from '../../shared/store/call-store.ts';
import { decodeText } from '../../shared/store/document.ts';
import { IndexUpkeep } from '../../shared/store/index-upkeep.ts';
import { Lines } from '../../shared/store/lines.ts';
import { MemoryTable } from '../../shared/store/memory-table.ts';
import { type Parked, ParkedStore } from '../../shared/store/parked-store.ts';
import { Progress } from '../../shared/store/progress.ts';
import type { RowValues, StoredRow, Table } from '../../shared/store/table.ts';
import type { LogEvent } from '../../shared/telemetry/log-event.ts';
import { Faults } from './faults.ts';
import { FaultyQueue } from './faulty-queue.ts';
import { FaultyTable } from './faulty-table.ts';

export const SETTINGS = {
  quietConnectingMinutes: 10,
  quietConnectedHours: 24,
  reconcileMinutes: 15,
  retentionDays: 90,
};

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

interface Tables {
  readonly calls: Table;
  readonly index: Table;
  readonly parked: Table;
}

/** The storage account and ACS in memory, with a clock that waits for nobody. */
export class UpkeepWorld {
  readonly tables: Tables;
  readonly clock = {
    nowMs: Date.UTC(2021, 4, 5, 20),
    now: () => this.clock.nowMs,
    sleep: async (ms: number) => {
      this.clock.nowMs += ms;
    },
  };
  readonly queues = {
    callEvents: new MemoryQueue(this.clock),
    callActions: new MemoryQueue(this.clock),
    callAlarms: new MemoryQueue(this.clock),
    poison: [new MemoryQueue(this.clock), new MemoryQueue(this.clock), new MemoryQueue(this.clock)] as const,
  };
  /** What ACS says, and was asked. */
  readonly acs = {
    answer: 'cannotAsk' as CallAnswer,
    result: { kind: 'done' } as ActionResult,
    asked: [] as (string | null)[],
    roster: undefined as readonly RosterEntry[] | undefined,
    sent: [] as ActionRequest[],
  };
  decider: Decider = listening;
  flows: FlowLookup | undefined;
  #commits = 0;

  /** @param tables other ones than in memory. */
  constructor(
    tables: Tables = { calls: new MemoryTable(), index: new MemoryTable(), parked: new MemoryTable() },
  ) {
    this.tables = tables;
  }

  /** A process of the app: nothing cached, and what goes wrong with its storage. */
  start(faults = new Faults(), settings = SETTINGS) {
    const faulty = (table: Table, port: string) => new FaultyTable(table, { faults, port });
    const queue = (inner: MemoryQueue, port: string) => new FaultyQueue(inner, { faults, port });
    const [calls, indexTable] = [faulty(this.tables.calls, 'calls'), faulty(this.tables.index, 'index')];
    const index = new CallIndex(indexTable);
    const upkeep = new IndexUpkeep(indexTable);
    const provider = this.#provider();
    const logged: LogEvent[] = [];
    const store = new CallStore(calls, index, {
      plan: (callKey, before, request) =>
        planCommit(before, request, {
          callKey,
          decider: this.decider,
          flows: this.flows,
          policyOf: provider.policyOf,
          now: this.now,
          commitId: `commit-${++this.#commits}`,
        }),
      pause: async () => {},
    });
    const callActions = queue(this.queues.callActions, 'callActions');
    const lines = new Lines(indexTable, { perNumber: 2 });
    const common = {
      provider,
      callActions,
      lines,
      clock: this.clock,
      log: (event: LogEvent) => logged.push(event),
    };
    const callAlarms = queue(this.queues.callAlarms, 'callAlarms');
    return {
      ...common,
      worker: new CallWorker({ ...common, calls: store, callAlarms, random: () => 0 }),
      calls: store,
      index,
      upkeep,
      partitions: new CallPartitions(calls, upkeep),
      parked: new ParkedStore(faulty(this.tables.parked, 'parked')),
      progress: new Progress(indexTable),
      callEvents: queue(this.queues.callEvents, 'callEvents'),
      poisonQueues: this.queues.poison.map((inner, place) => queue(inner, `poison${place}`)),
      settings,
      faults,
      logged,
    };
  }

  get now(): EventTime {
    return eventTimeOf(this.clock.nowMs);
  }

  /** Records an event that happens and is received now. */
  tell(
    callKey: string,
    payload: EventPayload,
    { wireId = `leg-${callKey}`, dialect }: { wireId?: string; dialect?: DialectName } = {},
  ): Promise<Committed> {
    return this.start().worker.record(callKey, { events: [this.event(payload, { wireId, dialect })] });
  }

  /** An event that is received now. */
  event(
    payload: EventPayload,
    {
      wireId,
      at = this.now,
      dialect = 'preview-2021-04',
    }: {
      readonly wireId: string | null;
      readonly at?: EventTime;
      readonly dialect?: DialectName | undefined;
    },
  ): CallEvent {
    const fingerprint = hash22(JSON.stringify([at, wireId, payload]));
    return { fingerprint, at, receivedAt: this.now, dialect, wireId, ...payload };
  }

  /** A thing as it would be parked now: a malformed element, unless told. */
  parkedThing(parts: Partial<Parked> & Pick<Parked, 'text'>): Parked {
    const thing = { reason: 'malformed', detail: 'none', kind: 'element' } as const;
    return { ...thing, pointer: null, callKey: null, receivedAt: this.now, ...parts };
  }

  async head(callKey: string): Promise<CallHead | undefined> {
    return this.start().calls.load(callKey);
  }

  #provider(): Provider {
    return {
      policyOf: kind => PREVIEW_POLICIES[kind],
      perform: async request => {
        this.acs.sent.push(request);
        return this.acs.result;
      },
      ask: async ({ wireId }) => {
        this.acs.asked.push(wireId);
        return this.acs.answer;
      },
      rosterOf: async () => this.acs.roster,
    };
  }
}

export const CONNECTING: EventPayload = { type: 'call.connecting', conversationId: null };
export const CONNECTED: EventPayload = { type: 'call.connected', conversationId: 'conversation' };
export const DISCONNECTED: EventPayload = {
  type: 'call.disconnected',
  conversationId: null,
  wasConnected: false,
  reason: null,
};

/** A roster with these raw ids on it. */
export function rosterWith(...rawIds: readonly string[]): EventPayload {
  const participants = rawIds.map(rawId => ({ rawId, participantId: null, isMuted: false }));
  return { type: 'roster.snapshot', sequenceNumber: null, participants };
}

/** Every row of a table. */
export async function allRows(table: Table): Promise<readonly StoredRow[]> {
  return (await table.list({ partition: { from: '', to: '\uffff' } })).rows;
}

/** Everything that a row says, inflated. */
export function textOfRow(values: RowValues): string {
  const document = 'd' in values || 'z0' in values ? decodeText(values) : '';
  return JSON.stringify(values) + document;
}
