import { abandoned, claimed, nextToSend, withLine } from '../actions/claims.ts';
import type { PolicyOf } from '../actions/policy.ts';
import { addMilliseconds } from '../clock.ts';
import { type Action, isNotDone, type NotDone } from '../domain/action.ts';
import { type Call, endOf } from '../domain/call.ts';
import { type CallEvent, isOurOwn } from '../domain/call-event.ts';
import { type EventTime, earliest, latest } from '../domain/event-time.ts';
import { memberKey } from '../domain/roster.ts';
import { type Participant, participantsOf } from '../domain/stays.ts';
import { applyEvent } from '../flows/apply-event.ts';
import type { Deciders } from '../flows/decider.ts';
import { isFlowMissing } from '../flows/missing-flow.ts';
import type { CallHead } from '../store/call-head.ts';
import { serverCallOf } from '../store/call-index.ts';
import {
  type CommitPlan,
  type CommitRequest,
  fitsOneCommit,
  headWrite,
  participantWrite,
  type Release,
  ROWS_PER_COMMIT,
} from '../store/commit-plan.ts';
import type { CachedHead } from '../store/head-cache.ts';
import { encodeJournalEntry } from '../store/journal-row.ts';
import { journalRow } from '../store/keys.ts';
import { actionWrite, timerWrite } from '../store/ledger-rows.ts';
import type { RowWrite } from '../store/table.ts';
import { isBelieved } from './believed.ts';
import { overdueEvents, stillHolds } from './overdue.ts';

/** What a plan depends on besides the call and the request. */
export interface PlanContext extends Deciders {
  readonly callKey: string;
  readonly policyOf: PolicyOf;
  /** Where ACS is to send the events of a call; null where no secret is set. */
  readonly callbackUriOf?: ((callKey: string) => string | null) | undefined;
  readonly now: EventTime;
  /** Unique for every attempt at a commit. */
  readonly commitId: string;
  /** How long a claim stands; {@link LEASE_MS} unless told. */
  readonly leaseMs?: number | undefined;
}

/**
 * How long a sender may take before its claim counts as abandoned. Longer than any request can take, with a minute to
 * spare for clocks that differ. It is no safety device: what may not be sent twice is never sent by a second worker.
 */
export const LEASE_MS = 120_000;

/** One for all calls without actions. */
const NO_DELIVERIES: CallHead['deliveries'] = {};

type Before = CachedHead | undefined;

/**
 * Plans the one transaction that records what is new of a call: the events, whatever has become due meanwhile, and the
 * claim of the next action. Pure. Undefined when there is nothing to record, and when nothing can be done with time alone
 * since the call's flow is not deployed.
 *
 * @throws MissingFlowError for events of a call whose flow is not deployed.
 */
export function planCommit(
  before: Before,
  request: CommitRequest,
  context: PlanContext,
): CommitPlan | undefined {
  return hasNothingToDecideBy(before, request, context) ? undefined : planOf(before, request, context);
}

function planOf(before: Before, request: CommitRequest, context: PlanContext): CommitPlan | undefined {
  const { events, ...told } = fold(before, request, context);
  let { call } = told;
  if (call === undefined) return undefined;
  let deliveries = deliveriesAt(before, request);

  // Each event is a row of this commit beside the head. What is left is due as before, and done by the next one.
  const room = ROWS_PER_COMMIT - 1 - events.length;
  for (const event of overdueEvents({ call, deliveries }, context).slice(0, room)) {
    if (!stillHolds(call, event)) continue;
    events.push(event);
    call = applyEvent(call, event, context).call;
  }

  const next = claimable({ call, deliveries }, context);
  if (next !== undefined) {
    const leaseUntil = addMilliseconds(context.now, context.leaseMs ?? LEASE_MS);
    const callbackUri = context.callbackUriOf?.(context.callKey) ?? null;
    const claim = { by: context.commitId, now: context.now, leaseUntil, callbackUri };
    deliveries = { ...deliveries, [next.actionId]: claimed(deliveries[next.actionId], claim) };
  }

  const known = before?.head.alarmAt ?? null;
  const awaited = isAwaited(known, request, context) ? known : null;
  const alarmAt = earlierAlarm(awaited, call);
  const isVain = events.length === 0 && next === undefined && request.releases === undefined;
  if (isVain && alarmAt === undefined && awaited === known) return undefined;

  const head: CallHead = {
    call,
    journalCount: (before?.head.journalCount ?? 0) + events.length,
    projectionPending: before?.head.projectionPending ?? false,
    commitId: context.commitId,
    heardAt: heardAt(before, request.events, context.now),
    deliveries,
    alarmAt: alarmAt ?? awaited,
  };
  const notDone = newlyNotDone(before, call);
  return { ...withWrites(before, head, events), claimed: next, notDone, alarmAt };
}

/** Nobody sends these any more, so that whoever records it is the one to tell of it. */
function newlyNotDone(before: Before, { actions }: Call): NotDone[] {
  const known = before?.head.call.actions;
  if (known === actions) return [];
  const stateBefore = new Map(known?.map(({ actionId, state }) => [actionId, state]));
  return actions.filter(isNotDone).filter(({ state, actionId }) => state !== stateBefore.get(actionId));
}

/** Time alone does nothing to a call whose flow is missing: it goes on once the flow is there again. */
function hasNothingToDecideBy(before: Before, { events }: CommitRequest, context: PlanContext): boolean {
  return events.length === 0 && isFlowMissing(before?.head.call, context);
}

/** The call with what is new of it, and the events that are to be recorded. */
function fold(before: Before, request: CommitRequest, context: PlanContext) {
  const deliveries = before?.head.deliveries ?? NO_DELIVERIES;
  const events: CallEvent[] = [];
  let call = before?.head.call;
  for (const event of request.events) {
    if (!isBelieved(event, { call, deliveries }, request)) continue;
    events.push(event);
    call = applyEvent(call, event, context).call;
  }
  return { call, events };
}

function deliveriesAt(before: Before, { releases = {}, hasLine }: CommitRequest): CallHead['deliveries'] {
  const deliveries = withReleases(before?.head.deliveries ?? NO_DELIVERIES, releases);
  return hasLine === true ? withLine(deliveries) : deliveries;
}

function withReleases(
  deliveries: CallHead['deliveries'],
  releases: Readonly<Record<string, Release>>,
): CallHead['deliveries'] {
  const own = Object.entries(releases).filter(
    ([actionId, { claimedBy }]) => deliveries[actionId]?.claimedBy === claimedBy,
  );
  const given = own.map(([actionId, { delivery }]) => [actionId, delivery] as const);
  return own.length === 0 ? deliveries : { ...deliveries, ...Object.fromEntries(given) };
}

/** What was abandoned and may be repeated comes first: it stands before all others already. */
function claimable(ledger: Pick<CallHead, 'call' | 'deliveries'>, { now }: PlanContext): Action | undefined {
  return abandoned(ledger, now)[0] ?? nextToSend(ledger, now);
}

/** An alarm that should have rung by now may be lost: no other timer may count on it. */
function isAwaited(
  alarmAt: EventTime | null,
  { rang = [] }: CommitRequest,
  { now }: PlanContext,
): alarmAt is EventTime {
  return alarmAt !== null && !rang.includes(alarmAt) && alarmAt > now;
}

/** The time of the first timer, when no alarm that comes early enough is awaited. */
function earlierAlarm(awaited: EventTime | null, { timers }: Call): EventTime | undefined {
  let first: EventTime | null = null;
  for (const { state, dueAt } of timers) if (state === 'armed') first = earliest(first, dueAt);
  return first !== null && (awaited === null || first < awaited) ? first : undefined;
}

/** ACS is heard by its events, and by taking a request: a call that waited long for its placing is quiet only from then on. */
function heardAt(before: Before, events: readonly CallEvent[], now: EventTime): EventTime {
  let heard: EventTime | null = before?.head.heardAt ?? null;
  for (const event of events) {
    if (!isOurOwn(event) || event.type === 'action.done') heard = latest(heard, event.receivedAt);
  }
  return heard ?? now;
}

function withWrites(before: Before, head: CallHead, events: readonly CallEvent[]) {
  const { call } = head;
  const known = before?.head.call;
  const journal = events.map((event, index) => ({
    kind: 'create' as const,
    rowKey: journalRow(event.fingerprint),
    values: encodeJournalEntry({ number: head.journalCount - events.length + index + 1, event }),
  }));
  const projected = [
    ...call.actions.filter(action => isNew(action, before, head)).map(action => actionWrite(head, action)),
    ...call.timers.filter(timer => !known?.timers.includes(timer)).map(timerWrite),
    ...changedParticipants(known, call).map(participantWrite),
  ];
  return {
    ...withProjected(head, projected, written => [headWrite(written, before?.etag), ...journal]),
    facts: {
      dated: known?.createdAt !== call.createdAt,
      opened: known === undefined,
      bound: isBoundAnew(known, call),
      ended: endOf(call) !== null && (known === undefined || endOf(known) === null),
    },
  };
}

/** What is projected nobody decides by: it waits for transactions of its own where it does not fit this one. */
function withProjected(
  head: CallHead,
  projected: readonly RowWrite[],
  recording: (head: CallHead) => readonly RowWrite[],
): Pick<CommitPlan, 'head' | 'writes'> {
  const writes = [...recording(head), ...projected];
  if (projected.length === 0 || fitsOneCommit(head.call.callKey, writes)) return { head, writes };
  const behind = { ...head, projectionPending: true };
  return { head: behind, writes: recording(behind) };
}

function isBoundAnew(before: Call | undefined, after: Call): boolean {
  if (after.wireId !== (before?.wireId ?? null)) return true;
  const serverCallId = serverCallOf(after);
  return serverCallId !== null && (before === undefined || serverCallId !== serverCallOf(before));
}

function isNew(action: Action, before: Before, head: CallHead): boolean {
  const sameAction = before?.head.call.actions.includes(action) ?? false;
  return !sameAction || before?.head.deliveries[action.actionId] !== head.deliveries[action.actionId];
}

function changedParticipants(before: Call | undefined, after: Call): Participant[] {
  const ends = before === undefined ? null : endOf(before);
  if (before?.roster === after.roster && ends === endOf(after)) return [];
  const known = new Map(
    before === undefined ? [] : participantsOf(before).map(entry => [memberKey(entry), entry]),
  );
  return participantsOf(after).filter(
    participant => JSON.stringify(participant) !== JSON.stringify(known.get(memberKey(participant))),
  );
}
