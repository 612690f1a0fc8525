import { cloudEventEnvelope, cloudEventType } from '../cloud-event.ts';
import type { Dialect } from '../dialect.ts';
import { lowerFirstKeys } from '../lower-first-keys.ts';
import { type EventFormat, readEvent } from '../read-event.ts';
import { TO_PAYLOAD } from './to-payload.ts';

const FORMAT: EventFormat = { prepare: lowerFirstKeys, envelope: cloudEventEnvelope, payloads: TO_PAYLOAD };

/**
 * GA Call Automation: CloudEvents with a type for each outcome. It takes every CloudEvent that no other dialect claims,
 * so that a type that is new is kept whole.
 */
export const ga: Dialect = {
  name: 'ga',

  recognises(element) {
    return cloudEventType(element) !== undefined;
  },

  read(element) {
    return readEvent(element, FORMAT);
  },
};
