import type { EventTime } from '../domain/event-time.ts';

const PATTERN =
  /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}:\d{2})(?:\.(\d+))?(Z|z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)?$/;

/** As most events have it, on a day that every month has: there is nothing to work out. */
const CANONICAL = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3])(?::[0-5]\d){2}\.\d{7}Z$/;

/**
 * Reads an ISO 8601 date-time as UTC with seven fraction digits; further ones are cut off, a missing zone means UTC.
 * The previews send `…Z` and `…+00:00`, with seven digits or none. Undefined when it is no such time.
 */
export function parseEventTime(text: string): EventTime | undefined {
  if (CANONICAL.test(text)) return text as EventTime;
  const match = PATTERN.exec(text.trim());
  if (match === null) return undefined;
  const [, date = '', time = '', fraction = '', zone = 'Z'] = match;
  const local = `${date}T${time}`;
  const localMs = Date.parse(`${local}Z`);
  if (Number.isNaN(localMs)) return undefined;
  const written = new Date(localMs).toISOString();
  // `Date` takes 30 February for 2 March, and 24:00 for the next day.
  if (!written.startsWith(local)) return undefined;
  const offset = offsetMs(zone);
  const utc = offset === 0 ? written : new Date(localMs - offset).toISOString();
  // Before the year 0 and after 9999 the text would have another width.
  return utc.length === 24
    ? (`${utc.slice(0, 19)}.${fraction.slice(0, 7).padEnd(7, '0')}Z` as EventTime)
    : undefined;
}

function offsetMs(zone: string): number {
  if (zone.length === 1) return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}
