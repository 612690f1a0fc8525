import * as z from 'zod';
import type { Envelope } from './read-event.ts';
import { isObject } from './read-event.ts';
import { optionalText, optionalTime, path, text } from './wire-values.ts';

/**
 * Around every event that comes as a CloudEvent 1.0. Its identity is the source with the id, as that standard has it.
 *
 * @see https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md
 */
export const cloudEventEnvelope: z.ZodType<Envelope> = z
  .object({
    id: z.union([optionalText, z.number().transform(String)]),
    source: path,
    subject: path,
    type: text,
    time: optionalTime,
    data: z.unknown().optional(),
  })
  .transform(({ id, source, subject, type, time: at, data }) => ({
    wireType: type,
    eventId: id === null ? null : `${source ?? ''}\n${id}`,
    at,
    data,
    paths: [source, subject],
  }));

/**
 * The type of an element that is a CloudEvent, of whatever dialect: it says so itself, or its type is one of
 * Microsoft's. Undefined for anything else.
 */
export function cloudEventType(element: unknown): string | undefined {
  if (!isObject(element)) return undefined;
  const type = Object.hasOwn(element, 'type') ? element['type'] : element['Type'];
  if (typeof type !== 'string' || type === '') return undefined;
  const saysSo = Object.keys(element).some(key => key.toLowerCase() === 'specversion');
  return saysSo || /^microsoft\./i.test(type) ? type : undefined;
}
