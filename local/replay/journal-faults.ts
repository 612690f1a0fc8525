import type { JournalEntry } from '../../shared/store/journal-row.ts';

const NAMED_MAX = 10;

/**
 * What is wrong with a journal as a whole, for people: its entries count up from 1 without a gap, and no event is in it
 * twice. Empty for one that is whole. Tells nothing of entries that are missing at its end.
 */
export function journalFaults(journal: readonly JournalEntry[]): string[] {
  const numbers = journal.map(({ number }) => number);
  const events = journal.map(({ event }) => event.fingerprint);
  return [
    ...told('numbers that come more than once', repeated(numbers)),
    ...told('numbers that are missing', gaps(numbers)),
    ...told('events that are in it more than once', repeated(events)),
  ];
}

function gaps(numbers: readonly number[]): string[] {
  const sorted = [0, ...new Set(numbers)].toSorted((a, b) => a - b);
  return sorted.flatMap((number, index) => {
    const [first, last] = [number + 1, (sorted[index + 1] ?? number + 1) - 1];
    if (last < first) return [];
    return first === last ? [`${first}`] : [`${first} to ${last}`];
  });
}

function repeated<Value>(values: readonly Value[]): Value[] {
  const seen = new Set<Value>();
  const again = values.filter(value => seen.size === seen.add(value).size);
  return [...new Set(again)];
}

function told(what: string, values: readonly (number | string)[]): string[] {
  if (values.length === 0) return [];
  const more = values.length > NAMED_MAX ? ` and ${values.length - NAMED_MAX} more` : '';
  return [`${what}: ${values.slice(0, NAMED_MAX).join(', ')}${more}`];
}
