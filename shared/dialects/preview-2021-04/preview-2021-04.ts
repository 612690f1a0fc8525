import type * as z from 'zod';
import type { Dialect, ReadResult } from '../dialect.ts';
import { lowerFirstKeys, pointerInto } from '../lower-first-keys.ts';
import { isNestedDeeper } from '../nesting.ts';
import { envelopeSchema } from './schemas.ts';
import { TO_PAYLOAD } from './to-payload.ts';

const NAMESPACE = 'microsoft.communication.';

/** Known events have 6 levels. Reading recurses, so that a limit keeps a hostile element from overflowing the stack. */
const NESTING_LEVELS = 64;

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

  read(element) {
    if (isNestedDeeper(element, NESTING_LEVELS)) {
      const message = `expected at most ${NESTING_LEVELS} levels of objects and arrays`;
      return { ok: false, issues: [{ pointer: '', message }] };
    }
    const envelope = envelopeSchema.safeParse(lowerFirstKeys(element));
    if (!envelope.success) return malformed(element, [], envelope.error);
    const { id, subject, eventType, eventTime, data } = envelope.data;
    const wireId = callIdIn(data) ?? callIdInSubject(subject);
    const event = { wireType: eventType, wireId, eventId: id, at: eventTime };
    const toPayload = TO_PAYLOAD.get(eventType.toLowerCase().replace(NAMESPACE, ''));
    if (toPayload === undefined) {
      return {
        ok: true,
        event: { ...event, payload: { type: 'unknown', wireType: eventType, raw: element } },
      };
    }
    const payload = toPayload.safeParse(data);
    if (!payload.success) return malformed(element, ['data'], payload.error);
    return { ok: true, event: { ...event, payload: payload.data } };
  },
};

function malformed(element: unknown, path: readonly PropertyKey[], error: z.ZodError): ReadResult {
  const issues = error.issues.map(issue => ({
    pointer: pointerInto(element, [...path, ...issue.path]),
    message: issue.message,
  }));
  return { ok: false, issues };
}

/** Later previews call it callConnectionId; an unknown event may be one of theirs. */
function callIdIn(data: unknown): string | null {
  if (!isObject(data)) return null;
  return usableId(data['callLegId']) ?? usableId(data['callConnectionId']);
}

/** `callLeg/{callLegId}/{aspect}`: events without the id in their data have it there. */
function callIdInSubject(subject: string | null): string | null {
  return usableId(/(?:callLeg|callConnections)\/([^/]+)/i.exec(subject ?? '')?.[1]);
}

function usableId(value: unknown): string | null {
  return typeof value === 'string' && value !== '' && value.length <= 256 ? value : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
