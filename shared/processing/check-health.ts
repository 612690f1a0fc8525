import type { Clock } from '../clock.ts';
import { systemClock } from '../clock.ts';
import type { EventQueue } from '../queues/spread-queue.ts';
import type { CallStore } from '../store/call-store.ts';
import { StorageError } from '../store/storage-error.ts';
import type { Log } from '../telemetry/log-event.ts';
import { eventsWait } from '../telemetry/log-events.ts';

export interface HealthPorts {
  readonly calls: CallStore;
  readonly callEvents: EventQueue;
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

/** Says in the log when the first event in the queue has waited too long, for an alert to find. */
export async function watchQueue({
  callEvents,
  log,
  clock,
}: {
  readonly callEvents: EventQueue;
  readonly log: Log;
  readonly clock: Clock;
}): Promise<void> {
  const oldestAgeSeconds = ageSeconds(await callEvents.oldestInsertedAt(), clock);
  if (isTooOld(oldestAgeSeconds)) log(eventsWait({ oldestAgeSeconds }));
}

function ageSeconds(insertedAt: Date | undefined, clock: Clock): number | null {
  if (insertedAt === undefined) return null;
  return Math.max(0, Math.round((clock.now() - insertedAt.getTime()) / 1000));
}

function isTooOld(seconds: number | null): seconds is number {
  return seconds !== null && seconds > OLDEST_AGE_DEGRADED_SECONDS;
}

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
  const oldestAgeSeconds = queues.ok ? ageSeconds(queues.value, clock) : null;
  const callbackSecret = settings.callbackSecrets.length > 0 ? 'set' : 'missing';
  const isLate = isTooOld(oldestAgeSeconds);
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
