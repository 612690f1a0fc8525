import type { Call } from '../domain/call.ts';
import type { CallState } from '../domain/call-state.ts';
import type { EventTime } from '../domain/event-time.ts';
import { type CallIndex, type IndexedCall, type IndexedCallPage, placeOf } from '../store/call-index.ts';
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
    const found = await nextCalls(ports.index, filter, { limit, cursor });
    const looks = await Promise.all(found.calls.map(indexed => look(ports, indexed)));
    calls.push(...looks.flat().filter(call => passes(call, filter)));
    cursor = found.cursor;
    lookedAt += Math.max(1, found.calls.length);
  } while (cursor !== undefined && calls.length < page.limit && lookedAt < LOOKED_AT_MAX);
  return { calls, cursor };
}

/** Nothing for a call that is gone, and for a place in the index that an earlier event has made void. */
async function look({ calls }: ListPorts, { callKey, place }: IndexedCall): Promise<Call[]> {
  const call = (await calls.load(callKey))?.call;
  if (call === undefined) return [];
  return place === null || place === placeOf(callKey, call.createdAt) ? [call] : [];
}

function nextCalls(
  index: CallIndex,
  { state, from, to }: CallFilter,
  page: { readonly limit: number; readonly cursor: string | undefined },
): Promise<IndexedCallPage> {
  const isOpenOnly =
    state !== undefined && state !== 'disconnected' && from === undefined && to === undefined;
  return isOpenOnly ? index.open(page) : index.byTime({ from, to, ...page });
}

function passes(call: Call, { state, from, to }: CallFilter): boolean {
  return (
    (state === undefined || call.state === state || (state === 'open' && call.state !== 'disconnected')) &&
    (from === undefined || call.createdAt >= from) &&
    (to === undefined || call.createdAt < to)
  );
}
