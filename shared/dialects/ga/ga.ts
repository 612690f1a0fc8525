import { cloudEventEnvelope, cloudEventType } from '../cloud-event.ts';
import { withDecodedData } from '../decoded-data.ts';
import type { Dialect } from '../dialect.ts';
import { lowerFirstKeys } from '../lower-first-keys.ts';
import { type EventFormat, readEvent } from '../read-event.ts';
import { TO_PAYLOAD } from './to-payload.ts';

const prepare = (element: unknown) => lowerFirstKeys(withDecodedData(element));
const FORMAT: EventFormat = { prepare, envelope: cloudEventEnvelope, payloads: TO_PAYLOAD };

/**
 * GA Call Automation: CloudEvents with a type for each outcome. It takes every CloudEvent that no other dialect claims,
 * so that a type that is new is kept whole.
 */
export const ga: Dialect = {
  name: 'ga',

  recognises(element) {
    return cloudEventType(element) !== undefined;
  },

  read(element, receivedAt) {
    return readEvent(element, FORMAT, receivedAt);
  },
};
