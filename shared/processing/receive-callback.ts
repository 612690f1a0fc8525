import type { Issue } from '../dialects/dialect.ts';
import { dialectOf } from '../dialects/dialects.ts';
import type { EventTime } from '../domain/event-time.ts';
import { callKeyOf } from '../ids/call-key.ts';
import { isDeeperThan } from '../json/is-deeper-than.ts';
import { type Problem, problem } from '../problems/problem.ts';
import { encodeCallEvents } from '../queues/call-events-message.ts';
import type { EventQueue } from '../queues/spread-queue.ts';
import type { Parked, ParkedReason } from '../store/parked-store.ts';
import { StorageError } from '../store/storage-error.ts';
import { callbackReceived } from '../telemetry/log-events.ts';
import { noTelemetry, type Span, type Telemetry } from '../telemetry/telemetry.ts';
import { inBatches } from './in-batches.ts';
import { type ParkingPorts, park } from './park.ts';

/** The largest body of a callback. */
export const BODY_LIMIT_BYTES = 1_048_576;

const EVENTS_MAX = 1_000;
/** Far more than any event has: an element that is too deep for its dialect is parked, beside the good ones. */
const DEPTH_MAX = 500;

export interface ReceivePorts extends ParkingPorts {
  readonly callEvents: EventQueue;
  readonly telemetry?: Telemetry | undefined;
}

/** A callback whose sender is known to be authentic. */
export interface Callback {
  /** The key in its URL, if any: then all of its events belong to that call. */
  readonly callKey: string | undefined;
  readonly body: string;
  readonly receivedAt: EventTime;
  readonly traceparent: string | null;
}

/** What became of a callback. */
export interface Received {
  /** Events that are in the queue. */
  readonly accepted: number;
  /** Elements that cannot be processed, kept for the operator. */
  readonly parked: readonly { readonly pointer: string; readonly reason: string }[];
}

export type ReceiveResult =
  | { readonly ok: true; readonly received: Received }
  | { readonly ok: false; readonly problem: Problem };

/**
 * Takes a callback in: every event that can be recognised is in the queue, or parked with its reason, before the
 * answer says so. A body with nothing that can be recognised is refused and nothing of it is kept.
 */
export async function receiveCallback(ports: ReceivePorts, callback: Callback): Promise<ReceiveResult> {
  const body = parseBody(callback.body);
  if (!body.ok) return body;
  const sorted = sortElements(callback, body);
  if (sorted === undefined) return { ok: false, problem: nothingRecognised(body) };

  const messages = [...sorted.byCall].map(toMessage(ports, callback));
  const oversized = messages.flatMap(({ elements, tooLarge }) =>
    elements.filter(({ element }) => tooLarge.includes(element)).map(tooLargeToQueue(callback)),
  );
  const parked = [...sorted.parked, ...oversized];
  try {
    await park(ports, parked);
    const puts = messages.flatMap(({ texts, callKey }) => texts.map(text => ({ text, callKey })));
    await inBatches(puts, ({ text, callKey }) => ports.callEvents.put(text, { callKey }));
    for (const { span } of messages) span.end();
  } catch (error) {
    for (const { span } of messages) span.end(error);
    if (error instanceof StorageError) return { ok: false, problem: unavailable(error) };
    throw error;
  }
  const accepted = body.elements.length - parked.length;
  ports.log(callbackReceived({ accepted, parked: parked.length, calls: messages.length }));
  return {
    ok: true,
    received: {
      accepted,
      parked: parked.map(({ pointer, detail }) => ({ pointer: pointer ?? '', reason: detail })),
    },
  };
}

interface Body {
  readonly ok: true;
  readonly elements: readonly unknown[];
  /** Whether the body is an array: then pointers begin with the place in it. */
  readonly isArray: boolean;
}

function parseBody(text: string): Body | { readonly ok: false; readonly problem: Problem } {
  if (isDeeperThan(text, DEPTH_MAX)) {
    return {
      ok: false,
      problem: problem('too-deep', `A body can be nested ${DEPTH_MAX} levels deep at most.`),
    };
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { ok: false, problem: problem('invalid-json', describe(error)) };
  }
  const isArray = Array.isArray(json);
  const elements: readonly unknown[] = isArray ? (json as unknown[]) : [json];
  if (elements.length > EVENTS_MAX) {
    const detail = `A body can hold ${EVENTS_MAX} events at most, this one has ${elements.length}.`;
    return { ok: false, problem: problem('too-many-events', detail) };
  }
  return { ok: true, elements, isArray };
}

/** V8's message repeats a part of the text, which may hold a telephone number. */
function describe(error: unknown): string {
  const place = /at position \d+(?: \(line \d+ column \d+\))?/.exec(String(error))?.[0];
  return place === undefined ? 'The body ends too early, or is no JSON.' : `The body is no JSON ${place}.`;
}

/** How many faults of one thing are told; the rest is counted. */
const FAULTS_LISTED = 20;

interface Placed {
  readonly element: unknown;
  /** Of the element within the body. */
  readonly pointer: string;
}

interface Sorted {
  readonly byCall: ReadonlyMap<string, readonly Placed[]>;
  readonly parked: readonly Parked[];
}

/** Undefined when there is nothing in the body that any dialect recognises. */
function sortElements(callback: Callback, { elements, isArray }: Body): Sorted | undefined {
  const byCall = new Map<string, Placed[]>();
  const parked: Parked[] = [];
  let recognised = 0;
  for (const [index, element] of elements.entries()) {
    const placed = { element, pointer: isArray ? `/${index}` : '' };
    const dialect = dialectOf(element);
    if (dialect === undefined) {
      parked.push(asParked(callback, placed, 'malformed', [UNRECOGNISED]));
      continue;
    }
    recognised += 1;
    const read = dialect.read(element);
    if (!read.ok) {
      parked.push(asParked(callback, placed, 'malformed', read.issues));
      continue;
    }
    const { wireId } = read.event;
    const callKey = callback.callKey ?? (wireId === null ? undefined : callKeyOf(wireId));
    if (callKey === undefined) parked.push(asParked(callback, placed, 'noCallId', [NO_CALL_ID]));
    else addTo(byCall, callKey, placed);
  }
  return recognised === 0 ? undefined : { byCall, parked };
}

function addTo(byCall: Map<string, Placed[]>, callKey: string, placed: Placed): void {
  const others = byCall.get(callKey);
  if (others === undefined) byCall.set(callKey, [placed]);
  else others.push(placed);
}

const UNRECOGNISED: Issue = { pointer: '', message: 'no event of a known dialect: eventType is missing' };
const NO_CALL_ID: Issue = {
  pointer: '',
  message: 'neither the event nor the URL says which call it belongs to',
};

function asParked(
  { callKey, receivedAt }: Callback,
  { element, pointer }: Placed,
  reason: ParkedReason,
  issues: readonly Issue[],
): Parked {
  const [first, ...others] = issues.slice(0, FAULTS_LISTED);
  const more = others.map(issue => `${pointer}${issue.pointer}: ${issue.message}`);
  const unlisted = issues.length - FAULTS_LISTED;
  if (unlisted > 0) more.push(`and ${unlisted} more`);
  return {
    reason,
    detail: [first?.message ?? reason, ...more].join('; '),
    pointer: `${pointer}${first?.pointer ?? ''}`,
    kind: 'element',
    callKey: callKey ?? null,
    receivedAt,
    text: JSON.stringify(element),
  };
}

interface Message extends ReturnType<typeof encodeCallEvents> {
  readonly callKey: string;
  readonly elements: readonly Placed[];
  /** Of taking in what the callback tells of this call. */
  readonly span: Span;
}

function toMessage({ telemetry = noTelemetry }: ReceivePorts, { receivedAt, traceparent }: Callback) {
  return ([callKey, elements]: readonly [string, readonly Placed[]]): Message => {
    const facts = { 'ringback.events': elements.length };
    const span = telemetry.start({
      name: 'receive callback',
      kind: 'server',
      callKey,
      from: traceparent,
      facts,
    });
    const encoded = encodeCallEvents({
      callKey,
      receivedAt,
      attempt: 0,
      traceparent: span.traceparent ?? traceparent,
      elements: elements.map(({ element }) => element),
    });
    return { callKey, elements, span, ...encoded };
  };
}

function tooLargeToQueue(callback: Callback): (placed: Placed) => Parked {
  const issue = { pointer: '', message: 'too large for a queue message, even deflated' };
  return placed => asParked(callback, placed, 'tooLarge', [issue]);
}

function nothingRecognised({ elements, isArray }: Body): Problem {
  const faults = elements
    .slice(0, FAULTS_LISTED)
    .map((_, index) => ({ pointer: isArray ? `/${index}` : '', detail: UNRECOGNISED.message }));
  const errors = elements.length === 0 ? [{ pointer: '', detail: 'the array is empty' }] : faults;
  const detail = 'Expected one event, or an array of events, each with eventType, eventTime and data.';
  return problem('nothing-recognised', detail, { errors });
}

function unavailable(error: StorageError): Problem {
  const retryAfterSeconds = Math.max(1, Math.ceil((error.retryAfterMs ?? 5_000) / 1000));
  return problem('storage-unavailable', 'Nothing is lost if the callback is sent again.', {
    retryAfterSeconds,
  });
}
