import * as z from 'zod';
import { safeParseHot } from '../json/hot-schema.ts';
import { lazily } from '../lazily.ts';
import { memberOf } from './lower-first-keys.ts';
import type { Envelope } from './read-event.ts';
import { isObject } from './read-event.ts';
import { optionalText, optionalTime, path, text } from './wire-values.ts';

const id = lazily(() => z.union([optionalText(), z.number().transform(String)]));

/**
 * Around every event that comes as a CloudEvent 1.0. Its identity is the source with the id, as that standard has it.
 * Where its time bears Event Grid's name for it, that one counts.
 *
 * @see https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md
 */
const cloudEventEnvelope = lazily(
  (): z.ZodType<Envelope> =>
    z
      .object({
        id: id(),
        source: path(),
        subject: path(),
        type: text(),
        time: optionalTime(),
        eventTime: optionalTime().catch(null),
        data: z.unknown().optional(),
      })
      .transform(({ id, source, subject, type, time: at, eventTime, data }) => ({
        wireType: type,
        eventId: id === null ? null : `${source ?? ''}\n${id}`,
        at: at ?? eventTime,
        data,
        paths: [source, subject],
      })),
);

/** Around an event that others send as a CloudEvent, in the envelope of Event Grid. */
const eventGridEnvelope = lazily(
  (): z.ZodType<Envelope> =>
    z
      .object({
        id: id(),
        topic: path(),
        subject: path(),
        eventType: text(),
        eventTime: optionalTime(),
        data: z.unknown().optional(),
      })
      .transform(({ id, topic, subject, eventType, eventTime, data }) => ({
        wireType: eventType,
        eventId: id === null ? null : `${topic ?? ''}\n${id}`,
        at: eventTime,
        data,
        paths: [topic, subject],
      })),
);

/** Reads an envelope of Event Grid by the given schema, anything else as a CloudEvent. */
export function cloudEventOr(ownEnvelope: () => z.ZodType<Envelope>): z.ZodType<Envelope> {
  return z.unknown().transform((element, context) => {
    const isOwn = isObject(element) && isText(element['eventType']);
    const read = safeParseHot((isOwn ? ownEnvelope : cloudEventEnvelope)(), element);
    if (read.success) return read.data;
    for (const issue of read.error.issues) context.addIssue({ ...issue, code: 'custom' });
    return z.NEVER;
  });
}

/** Around an event of the dialects that send CloudEvents, whichever envelope it came in. */
export const eitherEnvelope = lazily(() => cloudEventOr(eventGridEnvelope));

/**
 * The type of an element that is a CloudEvent, of whatever dialect: it says so itself, or its type is one of
 * Microsoft's. Undefined for anything else.
 */
export function cloudEventType(element: unknown): string | undefined {
  if (!isObject(element)) return undefined;
  const type = memberOf(element, 'type');
  if (!isText(type)) return undefined;
  const saysSo = Object.keys(element).some(key => key.toLowerCase() === 'specversion');
  return saysSo || /^microsoft\./i.test(type) ? type : undefined;
}

/** The type of an element in the envelope of Event Grid; undefined for anything else. */
export function eventGridEventType(element: unknown): string | undefined {
  const type = isObject(element) ? memberOf(element, 'eventType') : undefined;
  return isText(type) ? type : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
