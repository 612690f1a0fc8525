import type { DialectName } from '../domain/call-event.ts';
import type { Dialect } from './dialect.ts';
import { preview202104 } from './preview-2021-04/preview-2021-04.ts';

const DIALECTS: readonly Dialect[] = [preview202104];

/** The dialect of an element; undefined when none has such an envelope. */
export function dialectOf(element: unknown): Dialect | undefined {
  return DIALECTS.find(dialect => dialect.recognises(element));
}

/** The dialect of that name; undefined for one that this version does not have. */
export function dialectNamed(name: DialectName): Dialect | undefined {
  return DIALECTS.find(dialect => dialect.name === name);
}
