import { cloudEventType, eitherEnvelope, eventGridEventType } from '../cloud-event.ts';
import { withDecodedData } from '../decoded-data.ts';
import type { Dialect } from '../dialect.ts';
import { lowerFirstKeys, memberOf } from '../lower-first-keys.ts';
import { type EventFormat, isObject, readEvent, typeName } from '../read-event.ts';
import { TO_PAYLOAD } from './to-payload.ts';

const FORMAT: EventFormat = { prepare: withType, envelope: eitherEnvelope, payloads: TO_PAYLOAD };

/**
 * GA Call Automation: CloudEvents with a type for each outcome. It takes every CloudEvent that no other dialect claims,
 * so that a type that is new is kept whole; of what has Event Grid's envelope, the types of its own; and what tells its
 * type in its data alone.
 */
export const ga: Dialect = {
  name: 'ga',

  recognises(element) {
    const isOwn = TO_PAYLOAD.has(typeName(eventGridEventType(element) ?? ''));
    return isOwn || cloudEventType(element) !== undefined || publicType(element) !== undefined;
  },

  read(element, receivedAt) {
    return readEvent(element, FORMAT, receivedAt);
  },
};

/**
 * Every event repeats its type in its data, as `publicEventType`. One that lacks its envelope, or the type on it, is
 * known by that.
 */
function withType(element: unknown): unknown {
  const event = lowerFirstKeys(withDecodedData(element));
  if (!isObject(event) || eventGridEventType(event) !== undefined || cloudEventType(event) !== undefined)
    return event;
  const type = publicType(event);
  return type === undefined ? event : { ...event, type, data: dataOf(event) };
}

function publicType(element: unknown): string | undefined {
  const decoded = withDecodedData(element);
  const type = isObject(decoded) ? memberOf(dataOf(decoded), 'publicEventType') : undefined;
  return typeof type === 'string' && /^microsoft\./i.test(type) ? type : undefined;
}

/** Without an envelope the element is the data. */
function dataOf(element: object): object {
  const data = memberOf(element, 'data');
  return isObject(data) ? data : element;
}
