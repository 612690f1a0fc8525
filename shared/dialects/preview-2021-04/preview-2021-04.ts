import { eventGridEventType } from '../cloud-event.ts';
import { withDecodedData } from '../decoded-data.ts';
import type { Dialect } from '../dialect.ts';
import { TO_PAYLOAD as OF_GA } from '../ga/to-payload.ts';
import { lowerFirstKeys } from '../lower-first-keys.ts';
import { TO_PAYLOAD as OF_LATER_PREVIEWS } from '../preview-2021-08/to-payload.ts';
import { type EventFormat, readEvent, typeName } from '../read-event.ts';
import { envelopeSchema } from './schemas.ts';
import { TO_PAYLOAD } from './to-payload.ts';

const prepare = (element: unknown) => lowerFirstKeys(withDecodedData(element));
const FORMAT: EventFormat = { prepare, envelope: envelopeSchema, payloads: TO_PAYLOAD };

/**
 * The 2021-04 preview of the Call Automation API: the Event Grid envelope, data in PascalCase, `id` mostly null.
 * Read tolerantly: keys and types in either case. It takes whatever has that envelope, so that a type that is new is kept
 * whole, but for the types of the dialects that came after it.
 */
export const preview202104: Dialect = {
  name: 'preview-2021-04',

  recognises(element) {
    const eventType = eventGridEventType(element);
    if (eventType === undefined) return false;
    const type = typeName(eventType);
    return TO_PAYLOAD.has(type) || !(OF_LATER_PREVIEWS.has(type) || OF_GA.has(type));
  },

  read(element, receivedAt) {
    return readEvent(element, FORMAT, receivedAt);
  },
};
