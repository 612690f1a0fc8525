import type { Clock } from '../clock.ts';
import { systemClock } from '../clock.ts';
import type { Queue } from '../queues/queue.ts';
import type { CallStore } from '../store/call-store.ts';
import { StorageError } from '../store/storage-error.ts';

export interface HealthPorts {
  readonly calls: CallStore;
  readonly callEvents: Queue;
  readonly settings: { readonly callbackSecrets: readonly string[] };
  readonly clock?: Clock;
}

/** Whether the app can do its work. */
export interface Health {
  /** `degraded`: it works, and something needs an operator. `unavailable`: it cannot. */
  readonly status: 'ok' | 'degraded' | 'unavailable';
  readonly storage: { readonly tables: boolean; readonly queues: boolean };
  /** How long the first waiting message has waited; null when none waits. */
  readonly queue: { readonly oldestAgeSeconds: number | null };
  /** Whether a callback can be authentic at all. */
  readonly callbackSecret: 'set' | 'missing';
}

/** An event that waits longer than this is late for a caller who pressed a key. */
const OLDEST_AGE_DEGRADED_SECONDS = 60;

/** Reaches the table of calls and the queue, and says what it found. Never throws for storage. */
export async function checkHealth({
  calls,
  callEvents,
  settings,
  clock = systemClock,
}: HealthPorts): Promise<Health> {
  const [tables, queues] = await Promise.all([
    reach(calls.load('health')),
    reach(callEvents.oldestInsertedAt()),
  ]);
  const oldest = queues.ok ? queues.value : undefined;
  const oldestAgeSeconds =
    oldest === undefined ? null : Math.max(0, Math.round((clock.now() - oldest.getTime()) / 1000));
  const callbackSecret = settings.callbackSecrets.length > 0 ? 'set' : 'missing';
  const isLate = (oldestAgeSeconds ?? 0) > OLDEST_AGE_DEGRADED_SECONDS;
  const degraded = isLate || callbackSecret === 'missing' ? 'degraded' : 'ok';
  return {
    status: tables.ok && queues.ok ? degraded : 'unavailable',
    storage: { tables: tables.ok, queues: queues.ok },
    queue: { oldestAgeSeconds },
    callbackSecret,
  };
}

/** Whoever asks for health wants to know now: storage that takes longer than this cannot be worked with. */
const PATIENCE_MS = 3_000;

async function reach<T>(
  request: Promise<T>,
): Promise<{ readonly ok: true; readonly value: T } | { readonly ok: false }> {
  const tooLate = AbortSignal.timeout(PATIENCE_MS);
  const { promise: late, resolve } = Promise.withResolvers<{ readonly ok: false }>();
  tooLate.addEventListener('abort', () => resolve({ ok: false }));
  const reached = request.then(
    value => ({ ok: true, value }) as const,
    (error: unknown) => {
      if (error instanceof StorageError) return { ok: false } as const;
      throw error;
    },
  );
  return Promise.race([reached, late]);
}
