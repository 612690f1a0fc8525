import type { Clock } from '../../shared/clock.ts';
import type { Queue, ReceivedMessage } from '../../shared/queues/queue.ts';
import { HEAD_ROW } from '../../shared/store/keys.ts';
import type { MemoryRows } from '../../shared/store/memory-rows.ts';
import type {
  CommitResult,
  RowPage,
  RowQuery,
  RowWrite,
  StoredRow,
  Table,
} from '../../shared/store/table.ts';
import type { QueueStorage } from './queue-storage.ts';
import type { Actor, Scheduler } from './scheduler.ts';

/** Names the steps of a port after the rows of the fault table. */
export interface TableStepNames {
  get(rowKey: string): string;
  commit(writes: readonly RowWrite[]): string;
  readonly list: string;
}

/** A table whose every request is a step of its process. */
export class SimulatedTable implements Table {
  readonly #inner: MemoryRows;
  readonly #scheduler: Scheduler;
  readonly #actor: Actor;
  readonly #names: TableStepNames;

  constructor(
    inner: MemoryRows,
    {
      scheduler,
      actor,
      names,
    }: { readonly scheduler: Scheduler; readonly actor: Actor; readonly names: TableStepNames },
  ) {
    this.#inner = inner;
    this.#scheduler = scheduler;
    this.#actor = actor;
    this.#names = names;
  }

  get(partitionKey: string, rowKey: string): Promise<StoredRow | undefined> {
    return this.#scheduler.take(this.#actor, {
      name: this.#names.get(rowKey),
      kind: 'read',
      effect: () => this.#inner.get(partitionKey, rowKey),
    });
  }

  commit(partitionKey: string, writes: readonly RowWrite[]): Promise<CommitResult> {
    return this.#scheduler.take(this.#actor, {
      name: this.#names.commit(writes),
      kind: 'write',
      effect: () => this.#inner.commit(partitionKey, writes),
    });
  }

  list(query: RowQuery): Promise<RowPage> {
    return this.#scheduler.take(this.#actor, {
      name: this.#names.list,
      kind: 'read',
      effect: () => this.#inner.list(query),
    });
  }
}

/** A queue whose every request is a step of its process. */
export class SimulatedQueue implements Queue {
  readonly #storage: QueueStorage;
  readonly #scheduler: Scheduler;
  readonly #actor: Actor;
  readonly #putName: string;

  /** @param options.putName names the step of a put after the row of the fault table that it belongs to. */
  constructor(
    storage: QueueStorage,
    {
      scheduler,
      actor,
      putName,
    }: { readonly scheduler: Scheduler; readonly actor: Actor; readonly putName: string },
  ) {
    this.#storage = storage;
    this.#scheduler = scheduler;
    this.#actor = actor;
    this.#putName = putName;
  }

  put(text: string, { delaySeconds = 0 }: { readonly delaySeconds?: number } = {}): Promise<void> {
    return this.#take(this.#putName, () => this.#storage.put(text, this.#scheduler.nowMs, delaySeconds));
  }

  receive(max: number, hideSeconds: number): Promise<readonly ReceivedMessage[]> {
    return this.#take('P1 receive poison', () =>
      this.#storage.receive(max, this.#scheduler.nowMs, hideSeconds),
    );
  }

  delete(message: Pick<ReceivedMessage, 'messageId' | 'popReceipt'>): Promise<boolean> {
    return this.#take('P1 delete poison', () => this.#storage.delete(message));
  }

  oldestInsertedAt(): Promise<Date | undefined> {
    return this.#scheduler.take(this.#actor, {
      name: 'S1 peek',
      kind: 'read',
      effect: () => this.#storage.oldestInsertedAt(this.#scheduler.nowMs),
    });
  }

  #take<Result>(name: string, effect: () => Result): Promise<Result> {
    return this.#scheduler.take(this.#actor, { name, kind: 'write', effect });
  }
}

/** The clock of one process: off by as much as it is off. */
export function skewedClock(scheduler: Scheduler, actor: Actor, skewMs: number): Clock {
  return {
    now: () => scheduler.nowMs + skewMs,
    sleep: ms => scheduler.sleep(actor, Math.max(1, Math.ceil(ms))),
  };
}

/** Steps of the table of calls; a commit is named after what it records. */
export function callsTableNames(nameOf: (writes: readonly RowWrite[]) => string | undefined): TableStepNames {
  return {
    get: rowKey => (rowKey === HEAD_ROW ? 'W2 read head' : 'W2 read journal row'),
    commit: writes => nameOf(writes) ?? 'W3 commit projection',
    list: 'S1 list calls',
  };
}

const INDEX_WRITES = {
  merge: 'W7 merge index',
  upsert: 'W7 merge index',
  delete: 'S1 tidy index',
  create: 'S1 note progress',
  replace: 'S1 note progress',
} as const;

/** Steps of the index: written after a commit, read and tidied by the sweep. */
export const INDEX_TABLE_NAMES: TableStepNames = {
  get: () => 'S1 read index',
  commit: writes => INDEX_WRITES[writes[0]?.kind ?? 'merge'],
  list: 'S1 list index',
};

/** Steps of the table of what is parked. */
export const PARKED_TABLE_NAMES: TableStepNames = {
  get: () => 'P2 read parked',
  commit: () => 'P2 park',
  list: 'P2 list parked',
};

/** Steps of whoever asks for a call, with a key that it may be asked for again with. */
export const KEY_TABLE_NAMES: TableStepNames = {
  get: () => 'C1 read key',
  commit: () => 'C1 remember key',
  list: 'C1 list keys',
};

/** Steps of whoever looks for a line, hands it over or frees it. */
export const LINE_TABLE_NAMES: TableStepNames = {
  get: () => 'L1 read line',
  commit: () => 'L1 change line',
  list: 'L1 list lines',
};

/** Steps of retention, in whatever table. */
export const RETENTION_TABLE_NAMES: TableStepNames = {
  get: () => 'R1 read',
  commit: () => 'R1 erase',
  list: 'R1 list',
};
