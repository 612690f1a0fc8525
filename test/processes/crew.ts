import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { pollUntil } from '../support/poll-until.ts';
import type { WorkerConfig, WorkerReport } from './worker-protocol.ts';

const START_TIMEOUT_MS = 30_000;
const STDERR_CHARS = 2_000;

interface Member {
  readonly child: ChildProcess;
  report: WorkerReport | undefined;
}

/** Worker processes that are killed and replaced. */
export class Crew {
  readonly #config: WorkerConfig;
  /** Everybody who ever worked, the dead included: what they have done counts. */
  readonly #members: Member[] = [];
  readonly #faults: string[] = [];

  constructor(config: WorkerConfig) {
    this.#config = config;
  }

  /** Workers that ended by themselves, with the last of what they said. */
  get faults(): readonly string[] {
    return this.#faults;
  }

  /** What all of them have done, as far as they lived to tell. */
  get totals(): WorkerReport {
    const totals = { processed: 0, requests: 0, commits: 0, conflicts: 0 };
    for (const { report } of this.#members) {
      totals.processed += report?.processed ?? 0;
      totals.requests += report?.requests ?? 0;
      totals.commits += report?.commits ?? 0;
      totals.conflicts += report?.conflicts ?? 0;
    }
    return totals;
  }

  /** Starts so many workers, and resolves when all of them listen. */
  async start(size: number): Promise<void> {
    for (let count = 0; count < size; count++) this.#hire();
    const isReady = () => (this.#members.every(({ report }) => report !== undefined) ? true : undefined);
    await pollUntil('all workers listen', isReady, START_TIMEOUT_MS);
  }

  /** Kills one that works at this moment, and starts another in its place. */
  async replaceOne(random: () => number): Promise<void> {
    const isWorking = ({ child, report }: Member) => isAlive(child) && report !== undefined;
    const choose = () => {
      const working = this.#members.filter(isWorking);
      return working[Math.floor(random() * working.length)];
    };
    const { child } = await pollUntil('a worker is there to be killed', choose, START_TIMEOUT_MS);
    await kill(child);
    this.#hire();
  }

  /** Ends all of them. */
  async stop(): Promise<void> {
    await Promise.all(
      this.#members
        .map(({ child }) => child)
        .filter(isAlive)
        .map(kill),
    );
  }

  #hire(): void {
    const child = fork(join(import.meta.dirname, 'worker.ts'), [JSON.stringify(this.#config)], {
      execArgv: ['--require', join(import.meta.dirname, '..', '..', 'local', 'exit-with-parent.cjs')],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    const member: Member = { child, report: undefined };
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (part: string) => {
      said = (said + part).slice(-STDERR_CHARS);
    });
    child.on('message', message => {
      member.report = message as WorkerReport;
    });
    child.once('close', (code, signal) => {
      if (signal !== 'SIGKILL') this.#faults.push(`a worker ended by itself (${code ?? signal}): ${said}`);
    });
    this.#members.push(member);
  }
}

function isAlive({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()));
  child.kill('SIGKILL');
  await ended;
}
