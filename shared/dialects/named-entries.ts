import * as z from 'zod';
import { identifier, toldRawId } from './identifier.ts';
import { isObject } from './read-event.ts';

/** A list of people, read. */
export interface NamedEntries<Entry> {
  readonly entries: readonly Entry[];
  /** How many entries name nobody: their kind is new, or hidden. */
  readonly unnamed: number;
}

/**
 * Reads a list of people, in which one whom nobody can name does not hide the others: such entries are left out, and
 * counted. Where no entry names anybody the list is malformed, since it would pass for an empty one.
 *
 * @param entry reads one of them: an identifier, or an object with a member `identifier`.
 */
export function namedEntries<Entry extends z.ZodType>(
  entry: Entry,
): z.ZodType<NamedEntries<z.output<Entry>>> {
  return z.preprocess(withoutUnnamed, z.array(entry.optional())).transform(list => {
    const entries = list.filter(one => one !== undefined);
    return { entries, unnamed: list.length - entries.length };
  });
}

/** What a roster tells of those whom nobody can name; nothing where there are none. */
export function unnamedOf({ unnamed }: Pick<NamedEntries<unknown>, 'unnamed'>): {
  readonly unnamed?: number;
} {
  return unnamed === 0 ? {} : { unnamed };
}

/** They leave their places, so that a fault of another is pointed at where it is. */
function withoutUnnamed(list: unknown): unknown {
  if (!Array.isArray(list) || list.every(isNamed)) return list;
  const named = list.map((value: unknown) => (isNamed(value) ? value : undefined));
  return named.some(value => value !== undefined) ? named : list;
}

function isNamed(value: unknown): boolean {
  const who = isObject(value) && Object.hasOwn(value, 'identifier') ? value['identifier'] : value;
  return toldRawId(who) !== undefined || identifier().safeParse(who).success;
}
