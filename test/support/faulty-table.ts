import type {
  CommitResult,
  RowPage,
  RowQuery,
  RowWrite,
  StoredRow,
  Table,
} from '../../shared/store/table.ts';
import type { Conflict, Faults } from './faults.ts';

/** A table with whatever goes wrong on the way to it and back. */
export class FaultyTable implements Table {
  readonly #table: Table;
  readonly #faults: Faults;
  readonly #port: string;

  /** @param options.port names the table in the requests that a fault plan sees. */
  constructor(table: Table, options: { readonly faults: Faults; readonly port: string }) {
    this.#table = table;
    this.#faults = options.faults;
    this.#port = options.port;
  }

  async get(partitionKey: string, rowKey: string): Promise<StoredRow | undefined> {
    const asked = { port: this.#port, operation: 'get' as const, partitionKey, rowKeys: [rowKey] };
    return noConflict<StoredRow | undefined>(
      await this.#faults.run(asked, () => this.#table.get(partitionKey, rowKey)),
    );
  }

  async commit(partitionKey: string, writes: readonly RowWrite[]): Promise<CommitResult> {
    const rowKeys = writes.map(write => write.rowKey);
    const asked = { port: this.#port, operation: 'commit' as const, partitionKey, rowKeys };
    return await this.#faults.run(asked, () => this.#table.commit(partitionKey, writes));
  }

  async list(query: RowQuery): Promise<RowPage> {
    const asked = { port: this.#port, operation: 'list' as const };
    return noConflict<RowPage>(await this.#faults.run(asked, () => this.#table.list(query)));
  }
}

/** Only a commit can meet a conflict: a plan that says otherwise is wrong. */
function noConflict<Answer>(answer: Answer | Conflict): Answer {
  if (typeof answer === 'object' && answer !== null && 'ok' in answer) {
    throw new TypeError('A fault plan has a conflict for a request that is no commit.');
  }
  return answer as Answer;
}
