import { Cron } from 'croner';
import { StartError } from './start-error.ts';

/** A schedule in UTC. */
export interface Ncrontab {
  /** The first time after this one; undefined when there is none. */
  next(after: Date): Date | undefined;
  /** Whether it comes due more than once a minute, for which the real host keeps no status. */
  readonly isFrequent: boolean;
}

/**
 * Reads an NCRONTAB expression: six fields with seconds first, or five without; day of month and day of week must both
 * match. Throws a StartError when it cannot be read.
 */
export function createNcrontab(expression: string): Ncrontab {
  const cron = parse(expression);
  const next = (after: Date) => cron.nextRun(after) ?? undefined;
  return { next, isFrequent: isFrequent(next) };
}

function parse(expression: string): Cron {
  try {
    return new Cron(expression, { mode: '5-or-6-parts', domAndDow: true, timezone: 'UTC', paused: true });
  } catch (error) {
    throw new StartError(`the schedule "${expression}" is not an NCRONTAB expression.`, { cause: error });
  }
}

/** As the real host decides it: by the time between the next two occurrences. */
function isFrequent(next: (after: Date) => Date | undefined): boolean {
  const first = next(new Date());
  const second = first === undefined ? undefined : next(first);
  return first !== undefined && second !== undefined && second.getTime() - first.getTime() < 60_000;
}
