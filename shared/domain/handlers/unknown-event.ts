import type { Handler } from '../handler.ts';

/** An event of a type that this version does not know: the journal keeps it whole. */
export const unknownEvent: Handler<'unknown'> = call => ({ call, signals: [] });
