import type { SharedStorage } from './services.ts';

/** What a worker is told when it starts, as the JSON of its first argument. */
export interface WorkerConfig {
  readonly storage: SharedStorage;
  /** Where ACS is, as far as this run goes. */
  readonly acsUrl: string;
  readonly leaseMs: number;
  /** How long a message stays hidden once it is taken: what a kill delays it by. */
  readonly hideSeconds: number;
  readonly sweepMs: number;
}

/** What a worker has done since it began; told to its parent as it goes, since it may be killed at any moment. */
export interface WorkerReport {
  /** Messages of `call-events` that were processed and deleted. */
  readonly processed: number;
  /** Requests to storage. */
  readonly requests: number;
  /** Transactions on calls that were tried, and those of them that met another writer. */
  readonly commits: number;
  readonly conflicts: number;
}
