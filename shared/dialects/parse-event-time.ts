import type { EventTime } from '../domain/event-time.ts';

const PATTERN = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}:\d{2})(?:\.(\d+))?(Z|z|[+-]\d{2}:?\d{2})?$/;

/**
 * Reads an ISO 8601 date-time as UTC with seven fraction digits; further ones are cut off, a missing zone means UTC.
 * The previews send `…Z` and `…+00:00`, with seven digits or none. Undefined when it is no such time.
 */
export function parseEventTime(text: string): EventTime | undefined {
  const match = PATTERN.exec(text.trim());
  if (match === null) return undefined;
  const [, date = '', time = '', fraction = '', zone = 'Z'] = match;
  if (!isCalendarDate(date)) return undefined;
  const epochMs = Date.parse(`${date}T${time}${normalZone(zone)}`);
  if (Number.isNaN(epochMs)) return undefined;
  const utc = new Date(epochMs).toISOString();
  // Before the year 0 and after 9999 the text would have another width.
  return utc.length === 24
    ? (`${utc.slice(0, 19)}.${fraction.slice(0, 7).padEnd(7, '0')}Z` as EventTime)
    : undefined;
}

/** `Date` takes 30 February for 2 March. */
function isCalendarDate(date: string): boolean {
  const epochMs = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(epochMs) && new Date(epochMs).toISOString().startsWith(date);
}

function normalZone(zone: string): string {
  return zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase();
}
