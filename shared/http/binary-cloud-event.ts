import type { BodySource } from './read-json-body.ts';

/** The attributes that events have; what a sender adds to them is not read. */
const ATTRIBUTES = ['specversion', 'id', 'source', 'type', 'subject', 'time', 'datacontenttype'];

/**
 * The text of a body as a CloudEvent by itself. In the binary mode of HTTP a CloudEvent has its attributes in headers,
 * and the body is its data, which it then has as a text; any other body stays as it is.
 *
 * @see https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md
 */
export function structuredText(headers: BodySource['headers'], body: string): string {
  const isStructured = /^application\/cloudevents/i.test(headers.get('content-type')?.trim() ?? '');
  if (isStructured || !headers.get('ce-specversion') || !headers.get('ce-type')) return body;
  const attributes = ATTRIBUTES.flatMap(name => {
    const value = headers.get(`ce-${name}`);
    return value === null ? [] : [[name, decoded(value)] as const];
  });
  return JSON.stringify({ ...Object.fromEntries(attributes), data: body });
}

/** Headers are percent-encoded where they could not be sent otherwise. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
