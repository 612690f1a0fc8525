import type { Call } from '../domain/call.ts';
import type { EventTime } from '../domain/event-time.ts';
import { numberOf } from './vocabulary/identity.ts';

/** The line that a call is on, or waits for. */
export interface LineNeed {
  /** The raw id of the caller's number. */
  readonly number: string;
  /** When the call was asked for: who asked first is served first. */
  readonly since: EventTime;
}

/** The line of a call that is placed from a number to a telephone; undefined for any other call. Pure. */
export function lineOf({ actions }: Pick<Call, 'actions'>): LineNeed | undefined {
  const placing = actions.find(({ kind }) => kind === 'placeCall');
  if (placing === undefined) return undefined;
  const { callerId, to } = placing.arguments;
  const called: readonly unknown[] = Array.isArray(to) ? to : [];
  const rings = called.some(rawId => typeof rawId === 'string' && numberOf(rawId) !== undefined);
  return rings && typeof callerId === 'string' ? { number: callerId, since: placing.plannedAt } : undefined;
}
