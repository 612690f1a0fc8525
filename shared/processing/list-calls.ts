import { eventTimeOf } from '../clock.ts';
import type { Call } from '../domain/call.ts';
import type { CallState } from '../domain/call-state.ts';
import type { EventTime } from '../domain/event-time.ts';
import type { CallIndex, CallKeyPage } from '../store/call-index.ts';
import type { CallStore } from '../store/call-store.ts';

export interface ListPorts {
  readonly calls: CallStore;
  readonly index: CallIndex;
}

export interface CallFilter {
  /** `open`: any state but disconnected. */
  readonly state?: CallState | 'open' | undefined;
  /** Calls whose first known event is not before this moment. */
  readonly from?: EventTime | undefined;
  /** Calls whose first known event is before this moment. */
  readonly to?: EventTime | undefined;
}

export interface CallPage {
  readonly calls: readonly Call[];
  readonly cursor: string | undefined;
}

/** A page may look at so many calls for each that it wants, and is short when few of them pass the filter. */
const LOOKED_AT_MAX = 1_000;

/**
 * Lists calls, newest first by the day index; when only open ones are asked for, by the index of open calls, in no
 * order of time. The index says which calls to look at and nothing else: what is told of each is read from its head.
 */
export async function listCalls(
  ports: ListPorts,
  filter: CallFilter,
  page: { readonly limit: number; readonly cursor: string | undefined },
): Promise<CallPage> {
  const calls: Call[] = [];
  let { cursor } = page;
  let lookedAt = 0;
  do {
    const limit = page.limit - calls.length;
    const found = await nextKeys(ports.index, filter, { limit, cursor });
    const heads = await Promise.all(found.callKeys.map(callKey => ports.calls.load(callKey)));
    for (const head of heads) if (head !== undefined && passes(head.call, filter)) calls.push(head.call);
    cursor = found.cursor;
    lookedAt += Math.max(1, found.callKeys.length);
  } while (cursor !== undefined && calls.length < page.limit && lookedAt < LOOKED_AT_MAX);
  return { calls, cursor };
}

function nextKeys(
  index: CallIndex,
  { state, from, to }: CallFilter,
  page: { readonly limit: number; readonly cursor: string | undefined },
): Promise<CallKeyPage> {
  const isOpenOnly =
    state !== undefined && state !== 'disconnected' && from === undefined && to === undefined;
  return isOpenOnly ? index.open(page) : index.byTime({ from, to: dayAfter(to), ...page });
}

/** A call stands under its first known event; one that was known later can be earlier, by seconds as a rule. */
function dayAfter(to: EventTime | undefined): EventTime | undefined {
  if (to === undefined) return undefined;
  const nextMs = Date.parse(to) + 24 * 3_600_000;
  // Behind the last day that event times can tell, there is no bound.
  return nextMs > Date.UTC(9999, 11, 31) ? undefined : eventTimeOf(nextMs);
}

function passes(call: Call, { state, from, to }: CallFilter): boolean {
  return (
    (state === undefined || call.state === state || (state === 'open' && call.state !== 'disconnected')) &&
    (from === undefined || call.createdAt >= from) &&
    (to === undefined || call.createdAt < to)
  );
}
