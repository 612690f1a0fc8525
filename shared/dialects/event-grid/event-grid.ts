import { cloudEventType } from '../cloud-event.ts';
import { withDecodedData } from '../decoded-data.ts';
import type { Dialect, WireEvent } from '../dialect.ts';
import { type EventFormat, isObject, readEvent, typeName } from '../read-event.ts';
import { envelopeSchema } from './schemas.ts';
import { TO_PAYLOAD } from './to-payload.ts';

const FORMAT: EventFormat = { prepare: withSubject, envelope: envelopeSchema, payloads: TO_PAYLOAD };

/** The resource that an event comes from is one of ACS. */
const ACS_TOPIC = /\/providers\/microsoft\.communication\//i;

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
    const result = readEvent(element, FORMAT, receivedAt);
    if (result.ok) return result;
    const issues = result.issues.map(issue => ({
      ...issue,
      pointer: issue.pointer.replace(LENT, '/subject'),
    }));
    return { ok: false, issues };
  },
};

/** The subject is no member of the data, where its schema looks for it. */
const LENT = /^\/data\/subject$/;

/** The type of an element in either schema; undefined for anything else. */
export function eventGridType(element: unknown): string | undefined {
  const own = isObject(element) ? element['eventType'] : undefined;
  return typeof own === 'string' && own !== '' ? own : cloudEventType(element);
}

/** The resource that an element comes from, as it says. */
export function topicOf(element: unknown): string | undefined {
  if (!isObject(element)) return undefined;
  const topic = element['topic'] ?? element['source'];
  return typeof topic === 'string' ? topic : undefined;
}

/** The server call that an event of this dialect is about; null when it names none. */
export function serverCallIdOf({ payload }: WireEvent): string | null {
  if (payload.type !== 'unknown') return 'conversationId' in payload ? payload.conversationId : null;
  const data = isObject(payload.raw) ? payload.raw['data'] : undefined;
  const id = isObject(data) ? data['serverCallId'] : undefined;
  return typeof id === 'string' && id !== '' && id.length <= 1024 ? id : null;
}

/** The data of a recording's event names neither the recording nor its call; the subject does. */
function withSubject(wire: unknown): unknown {
  const element = withDecodedData(wire);
  if (!isObject(element) || !isObject(element['data'])) return element;
  return { ...element, data: { ...element['data'], subject: element['subject'] } };
}
