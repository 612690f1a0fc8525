import { cloudEventType, eventGridEventType } from '../cloud-event.ts';
import { withDecodedData } from '../decoded-data.ts';
import type { Dialect, WireEvent } from '../dialect.ts';
import { lowerFirstKeys, memberOf } from '../lower-first-keys.ts';
import { type EventFormat, isObject, readEvent, typeName } from '../read-event.ts';
import { envelopeSchema } from './schemas.ts';
import { TO_PAYLOAD } from './to-payload.ts';

const FORMAT: EventFormat = {
  prepare: withSubject,
  envelope: envelopeSchema,
  lent: 'subject',
  payloads: TO_PAYLOAD,
};

/** The resource that an event comes from is one of ACS. */
const ACS_TOPIC = /\/providers\/microsoft\.communication\//i;

/** Headers that the far side chose: their names are its own. */
const HEADERS: ReadonlySet<string> = new Set(['sipHeaders', 'voipHeaders']);

/**
 * Events that Event Grid delivers, in its own schema or as CloudEvents: incoming calls, and reports on calls of any
 * kind. They name the server call, never the connection.
 */
export const eventGrid: Dialect = {
  name: 'event-grid',

  recognises(element) {
    const type = eventGridType(element);
    return type !== undefined && (TO_PAYLOAD.has(typeName(type)) || ACS_TOPIC.test(topicOf(element) ?? ''));
  },

  read(element, receivedAt) {
    return readEvent(element, FORMAT, receivedAt);
  },
};

/** The type of an element in either schema; undefined for anything else. */
export function eventGridType(element: unknown): string | undefined {
  return eventGridEventType(element) ?? cloudEventType(element);
}

/** The resource that an element comes from, as it says. */
export function topicOf(element: unknown): string | undefined {
  if (!isObject(element)) return undefined;
  const topic = memberOf(element, 'topic') ?? memberOf(element, 'source');
  return typeof topic === 'string' ? topic : undefined;
}

/** The data of an element; undefined where it has none that can have members. */
export function eventGridData(element: unknown): Readonly<Record<string, unknown>> | undefined {
  const event = prepared(element);
  return isObject(event) && isObject(event['data']) ? event['data'] : undefined;
}

/** The server call that an event is about; null when it names none. */
export function serverCallIdOf({ payload }: WireEvent): string | null {
  if (payload.type !== 'unknown') return 'conversationId' in payload ? payload.conversationId : null;
  const id = eventGridData(payload.raw)?.['serverCallId'];
  return typeof id === 'string' && id !== '' && id.length <= 1024 ? id : null;
}

function prepared(wire: unknown): unknown {
  return lowerFirstKeys(withDecodedData(wire), HEADERS);
}

/** Where the data of an event does not name the recording, or the call, the subject does. */
function withSubject(wire: unknown): unknown {
  const element = prepared(wire);
  if (!isObject(element) || !isObject(element['data'])) return element;
  return { ...element, data: { ...element['data'], subject: element['subject'] } };
}
