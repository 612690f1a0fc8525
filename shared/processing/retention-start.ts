import { addMilliseconds } from '../clock.ts';
import type { EventTime } from '../domain/event-time.ts';

const DAY_MS = 86_400_000;

/** What is older than this moment is not kept; undefined when all is. Pure. */
export function retentionStart(
  now: EventTime,
  { retentionDays }: { readonly retentionDays: number },
): EventTime | undefined {
  return retentionDays === 0 ? undefined : addMilliseconds(now, -retentionDays * DAY_MS);
}
