import type { DialectName } from '../domain/call-event.ts';
import type { Dialect } from './dialect.ts';
import { eventGrid } from './event-grid/event-grid.ts';
import { ga } from './ga/ga.ts';
import { preview202104 } from './preview-2021-04/preview-2021-04.ts';
import { preview202108 } from './preview-2021-08/preview-2021-08.ts';

/** In the order in which they are asked: the first that recognises an element reads it. */
const DIALECTS: readonly Dialect[] = [eventGrid, preview202104, preview202108, ga];

/** The dialect of an element; undefined when none has such an envelope. */
export function dialectOf(element: unknown): Dialect | undefined {
  return DIALECTS.find(dialect => dialect.recognises(element));
}

/** The dialect of that name; undefined for one that this version does not have. */
export function dialectNamed(name: DialectName): Dialect | undefined {
  return DIALECTS.find(dialect => dialect.name === name);
}
