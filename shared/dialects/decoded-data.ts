import { isNestedDeeper } from './nesting.ts';

/** Deeper than any event; what is deeper is not read. */
const NESTING_LEVELS = 32;

/**
 * The element with its data as such, where it came as `data_base64`: the other way in which CloudEvents may carry it.
 * Anything else stays as it is, and so does an element whose text is no JSON in base64.
 *
 * @see https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md
 */
export function withDecodedData(element: unknown): unknown {
  if (typeof element !== 'object' || element === null || Object.hasOwn(element, 'data')) return element;
  const encoded = 'data_base64' in element ? element.data_base64 : undefined;
  if (typeof encoded !== 'string') return element;
  const data = jsonIn(Buffer.from(encoded, 'base64').toString());
  return data === undefined || isNestedDeeper(data, NESTING_LEVELS) ? element : { ...element, data };
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
