import { type Address, addressOf } from '../dialects/address.ts';
import type { Issue } from '../dialects/dialect.ts';
import { dialectOf } from '../dialects/dialects.ts';
import type { DialectName } from '../domain/call-event.ts';
import type { EventTime } from '../domain/event-time.ts';
import { type Problem, problem } from '../problems/problem.ts';
import type { Parked, ParkedReason } from '../store/parked-store.ts';
import type { EventsBody } from './parse-events-body.ts';

/** How many faults of one thing are told; the rest is counted. */
const FAULTS_LISTED = 20;

/** How a body came. */
export interface Receipt {
  /** The key in its URL, if any: then all of its events belong to that call. */
  readonly callKey: string | undefined;
  readonly receivedAt: EventTime;
  readonly traceparent: string | null;
}

/** An element with its place in the body. */
export interface Placed {
  readonly element: unknown;
  readonly pointer: string;
}

/** Events of one call. */
export interface CallElements {
  readonly address: Address;
  readonly elements: readonly Placed[];
}

/** The elements of a body: those that can be processed by call, the others with the reason. */
export interface Sorted {
  readonly byCall: readonly CallElements[];
  readonly parked: readonly Parked[];
  /** The dialects that were recognised. */
  readonly dialects: ReadonlySet<DialectName>;
}

/**
 * Reads every element in its dialect. Undefined when there is nothing in the body that any dialect recognises.
 *
 * @param only the one dialect that is taken; any, unless told.
 */
export function sortElements(
  receipt: Receipt,
  { elements, isArray }: EventsBody,
  only?: DialectName,
): Sorted | undefined {
  const byCall = new Map<string, { readonly address: Address; readonly elements: Placed[] }>();
  const parked: Parked[] = [];
  const dialects = new Set<DialectName>();
  for (const [index, element] of elements.entries()) {
    const placed = { element, pointer: isArray ? `/${index}` : '' };
    const dialect = dialectOf(element);
    if (dialect === undefined || (only !== undefined && dialect.name !== only)) {
      parked.push(asParked(receipt, placed, 'malformed', [unrecognised(element, only)]));
      continue;
    }
    dialects.add(dialect.name);
    const read = dialect.read(element, receipt.receivedAt);
    if (!read.ok) {
      parked.push(asParked(receipt, placed, 'malformed', read.issues));
      continue;
    }
    const { callKey } = receipt;
    const address = callKey === undefined ? addressOf(dialect, read.event) : { callKey };
    if (address === undefined) parked.push(asParked(receipt, placed, 'noCallId', [NO_CALL_ID]));
    else addTo(byCall, address, placed);
  }
  return dialects.size === 0 ? undefined : { byCall: [...byCall.values()], parked, dialects };
}

function addTo(
  byCall: Map<string, { readonly address: Address; readonly elements: Placed[] }>,
  address: Address,
  placed: Placed,
): void {
  const key = `${address.callKey}\n${address.serverCallId ?? ''}`;
  const others = byCall.get(key);
  if (others === undefined) byCall.set(key, { address, elements: [placed] });
  else others.elements.push(placed);
}

/** Says what an element lacks; `only` is the one dialect that was asked for. */
function unrecognised(element: unknown, only: DialectName | undefined): Issue {
  const message =
    only !== undefined && dialectOf(element) !== undefined
      ? `no event of ${only}: events of calls go to the callback URL of their call`
      : 'no event of a known dialect: neither eventType nor type is there';
  return { pointer: '', message };
}

const NO_CALL_ID: Issue = {
  pointer: '',
  message: 'neither the event nor the URL says which call it belongs to',
};

/** An element as it is parked, with the first faults that it has. */
export function asParked(
  { callKey, receivedAt }: Receipt,
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

/**
 * The answer to a body in which nothing was recognised.
 *
 * @param only the one dialect that is taken; any, unless told.
 */
export function nothingRecognised({ elements, isArray }: EventsBody, only?: DialectName): Problem {
  const faults = elements.slice(0, FAULTS_LISTED).map((element, index) => ({
    pointer: isArray ? `/${index}` : '',
    detail: unrecognised(element, only).message,
  }));
  const errors = elements.length === 0 ? [{ pointer: '', detail: 'the array is empty' }] : faults;
  const detail =
    'Expected one event, or an array of events, each with type, time and data, or eventType, eventTime and data.';
  return problem('nothing-recognised', detail, { errors });
}
