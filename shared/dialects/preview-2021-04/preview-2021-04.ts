import type { Dialect } from '../dialect.ts';
import { lowerFirstKeys } from '../lower-first-keys.ts';
import { type EventFormat, isObject, readEvent } from '../read-event.ts';
import { envelopeSchema } from './schemas.ts';
import { TO_PAYLOAD } from './to-payload.ts';

const FORMAT: EventFormat = { prepare: lowerFirstKeys, envelope: envelopeSchema, payloads: TO_PAYLOAD };

/**
 * The 2021-04 preview of the Call Automation API: the Event Grid envelope, data in PascalCase, `id` mostly null.
 * Read tolerantly: keys and types in either case.
 */
export const preview202104: Dialect = {
  name: 'preview-2021-04',

  recognises(element) {
    if (!isObject(element)) return false;
    const eventType = Object.hasOwn(element, 'eventType') ? element['eventType'] : element['EventType'];
    return typeof eventType === 'string' && eventType !== '';
  },

  read(element, receivedAt) {
    return readEvent(element, FORMAT, receivedAt);
  },
};
