import { cloudEventType, eitherEnvelope, eventGridEventType } from '../cloud-event.ts';
import { withDecodedData } from '../decoded-data.ts';
import type { Dialect } from '../dialect.ts';
import { lowerFirstKeys } from '../lower-first-keys.ts';
import { type EventFormat, isObject, readEvent, typeName } from '../read-event.ts';
import { TO_PAYLOAD } from './to-payload.ts';

const prepare = (element: unknown) => lowerFirstKeys(withDecodedData(element));
const FORMAT: EventFormat = { prepare, envelope: eitherEnvelope, payloads: TO_PAYLOAD };

/** A type that GA has as well. */
const SHARED_TYPE = 'participantsupdated';

/** What GA puts into the data of every event, and into a roster; no preview has any of it. */
const MARKS_OF_GA = [
  'serverCallId',
  'correlationId',
  'sequenceNumber',
  'resultInformation',
  'publicEventType',
  'version',
];

/**
 * The previews from 2021-06 to 2021-11: the events of 2021-04 as CloudEvents, their keys in camelCase. Results of
 * operations name their call in the source and the subject alone.
 */
export const preview202108: Dialect = {
  name: 'preview-2021-08',

  recognises(element) {
    const type = typeName(eventGridEventType(element) ?? cloudEventType(element) ?? '');
    return TO_PAYLOAD.has(type) && !(type === SHARED_TYPE && isOfGa(element));
  },

  read(element, receivedAt) {
    return readEvent(element, FORMAT, receivedAt);
  },
};

function isOfGa(element: unknown): boolean {
  const lowered = prepare(element);
  const data = isObject(lowered) ? lowered['data'] : undefined;
  if (!isObject(data)) return false;
  return MARKS_OF_GA.some(name => Object.hasOwn(data, name)) || tellsWhoIsOnHold(data['participants']);
}

/** No preview does. */
function tellsWhoIsOnHold(participants: unknown): boolean {
  return (
    Array.isArray(participants) && participants.some(one => isObject(one) && Object.hasOwn(one, 'isOnHold'))
  );
}
