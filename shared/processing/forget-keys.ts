import { type Clock, eventTimeOf } from '../clock.ts';
import type { ExpiredKey, Idempotency } from '../store/idempotency.ts';
import type { Log } from '../telemetry/log-event.ts';
import { upkeepFailed } from '../telemetry/log-events.ts';
import { forEach } from './for-each.ts';
import { type WalkEnd, type WalkPorts, walk } from './walk.ts';

export interface ForgetPorts extends WalkPorts {
  readonly requests: { readonly idempotency: Idempotency };
  readonly clock: Clock;
  readonly log: Log;
}

const KEYS_PER_PAGE = 500;
/** The purge that comes behind it in the same run needs most of the five minutes. */
const RUN_MS = 60_000;

/** Takes Idempotency-Keys away that are remembered no more, over as many runs as it takes. */
export async function forgetKeys({ requests, progress, clock, log }: ForgetPorts): Promise<WalkEnd> {
  const { idempotency } = requests;
  return walk(
    { progress, clock },
    {
      name: 'forgetKeys',
      runMs: RUN_MS,
      async page(cursor) {
        const now = eventTimeOf(clock.now());
        const { keys, cursor: next } = await idempotency.expired(now, { limit: KEYS_PER_PAGE, cursor });
        await forEach(
          keys,
          key => idempotency.forget(key),
          ({ callKey }: ExpiredKey, error) =>
            log(upkeepFailed({ callKey, during: 'forgetKeys', error: String(error) })),
        );
        return next;
      },
    },
  );
}
