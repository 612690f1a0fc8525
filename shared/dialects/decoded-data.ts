import { memberOf } from './lower-first-keys.ts';
import { isNestedDeeper } from './nesting.ts';

/** Deeper than any event; what is deeper is not read. */
const NESTING_LEVELS = 32;

/**
 * The element with its data as such, where it came as `data_base64`, the other way in which CloudEvents may carry it, or
 * as JSON in a text, as whoever passes events on may have made of it. Anything else stays as it is, and so does an
 * element whose text is no JSON of an object.
 *
 * @see https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md
 */
export function withDecodedData(element: unknown): unknown {
  if (typeof element !== 'object' || element === null) return element;
  const told = memberOf(element, 'data') ?? undefined;
  const encoded = 'data_base64' in element ? element.data_base64 : undefined;
  const text = told ?? (typeof encoded === 'string' ? Buffer.from(encoded, 'base64').toString() : undefined);
  const data = typeof text === 'string' ? jsonIn(text) : undefined;
  return data === undefined ? element : { ...element, data };
}

/** Only an object can be the data of an event, so no other text is worth a look. */
function jsonIn(text: string): unknown {
  const json = text.trim();
  if (!json.startsWith('{')) return undefined;
  try {
    const data = JSON.parse(json) as unknown;
    return isNestedDeeper(data, NESTING_LEVELS) ? undefined : data;
  } catch {
    return undefined;
  }
}
