import type * as z from 'zod';
import type { EventPayload } from '../domain/call-event.ts';
import type { EventTime } from '../domain/event-time.ts';
import { safeParseHot } from '../json/hot-schema.ts';
import { withDecodedData } from './decoded-data.ts';
import type { ReadResult } from './dialect.ts';
import { memberOf, pointerInto } from './lower-first-keys.ts';
import { isNestedDeeper } from './nesting.ts';

/** What surrounds every event, the same for all wire formats. */
export interface Envelope {
  readonly wireType: string;
  readonly eventId: string | null;
  /** Null where the sender leaves it out, as the standard of CloudEvents lets it. */
  readonly at: EventTime | null;
  /** Read by the type's own schema: of a type that is not known it may be anything. */
  readonly data?: unknown;
  /** Paths that name the call where the data does not. */
  readonly paths: readonly (string | null)[];
}

/**
 * What reads the data of an event into what it says; undefined for what is well-formed and not known: it is kept whole.
 * Made with the first event of its type.
 */
export type ToPayload = () => z.ZodType<EventPayload | undefined>;

/** How elements of one wire format are read. */
export interface EventFormat {
  /** Prepares an element for its schemas. */
  readonly prepare: (element: unknown) => unknown;
  readonly envelope: () => z.ZodType<Envelope>;
  /** A member of the envelope that `prepare` lends to the data, by its name in small letters. */
  readonly lent?: string;
  /** By the type's name without its namespace, in small letters: types come in any case. */
  readonly payloads: ReadonlyMap<string, ToPayload>;
}

const NAMESPACE = 'microsoft.communication.';

/** The name of a type as the formats list it. */
export function typeName(wireType: string): string {
  return wireType.toLowerCase().replace(NAMESPACE, '');
}

/** Known events have 6 levels. Reading recurses, so that a limit keeps a hostile element from overflowing the stack. */
const NESTING_LEVELS = 64;

/**
 * Reads an element by its format. One of a type that the format does not list is kept whole, as `unknown`.
 *
 * @param receivedAt when it came: what counts for an event that does not say when it happened. Without it such an event
 * is malformed.
 */
export function readEvent(element: unknown, format: EventFormat, receivedAt?: EventTime): ReadResult {
  if (isNestedDeeper(element, NESTING_LEVELS)) {
    const message = `expected at most ${NESTING_LEVELS} levels of objects and arrays`;
    return { ok: false, issues: [{ pointer: '', message }] };
  }
  const envelope = safeParseHot(format.envelope(), format.prepare(element));
  if (!envelope.success) return malformed(envelope.error, path => ({ pointer: pointerInto(element, path) }));
  const { wireType, eventId, data, paths } = envelope.data;
  const at = envelope.data.at ?? receivedAt;
  if (at === undefined) return missing(element, 'time');
  const wireId = callIdIn(data) ?? callIdInPaths(paths);
  const event = { wireType, wireId, eventId, at };
  const unknown = { type: 'unknown', wireType, raw: element } as const;
  const toPayload = format.payloads.get(typeName(wireType));
  if (toPayload === undefined) return { ok: true, event: { ...event, payload: unknown } };
  // An event that has nothing to add to its type may leave its data out.
  const payload = safeParseHot(toPayload(), data ?? {});
  if (!payload.success) {
    if (data == null) return missing(element, 'data');
    return malformed(payload.error, path =>
      path.length > 0 && path[0] === format.lent
        ? { pointer: pointerInto(element, path) }
        : placeInData(element, path),
    );
  }
  return { ok: true, event: { ...event, payload: payload.data ?? unknown } };
}

function missing(element: unknown, member: string): ReadResult {
  return {
    ok: false,
    issues: [{ pointer: pointerInto(element, [member]), message: `expected ${member}, which is missing` }],
  };
}

/** Where a fault lies; `within` is its place in JSON that the element has in a text. */
interface Place {
  readonly pointer: string;
  readonly within?: string;
}

function malformed(error: z.ZodError, placeOf: (path: readonly PropertyKey[]) => Place): ReadResult {
  const issues = error.issues.map(({ message, path }) => {
    const { pointer, within } = placeOf(path);
    return { pointer, message: within === undefined ? message : `${message}, in its text as ${within}` };
  });
  return { ok: false, issues };
}

/** A pointer leads into JSON, and not into a text that holds some. What lacks an envelope is the data itself. */
function placeInData(element: unknown, path: readonly PropertyKey[]): Place {
  const data = isObject(element) ? memberOf(element, 'data') : undefined;
  const decoded = withDecodedData(element);
  if (decoded === element) {
    return { pointer: pointerInto(element, data === undefined ? path : ['data', ...path]) };
  }
  const pointer = pointerInto(element, [data == null ? 'data_base64' : 'data']);
  return { pointer, within: pointerInto(decoded, ['data', ...path]) };
}

/** The 2021-04 preview calls it callLegId, all others callConnectionId. */
function callIdIn(data: unknown): string | null {
  if (!isObject(data)) return null;
  return usableId(data['callLegId']) ?? usableId(data['callConnectionId']);
}

/** `callLeg/{callLegId}/{aspect}`, `calling/callConnections/{id}`: events without the id in their data have it there. */
function callIdInPaths(paths: readonly (string | null)[]): string | null {
  for (const path of paths) {
    const id = usableId(/(?:callLeg|callConnections)\/([^/]+)/i.exec(path ?? '')?.[1]);
    if (id !== null) return id;
  }
  return null;
}

function usableId(value: unknown): string | null {
  return typeof value === 'string' && value !== '' && value.length <= 256 ? value : null;
}

/** Whether something can have members. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
