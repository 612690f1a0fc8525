import type { Call } from '../../../shared/domain/call.ts';
import { type CallEvent, isOurOwn } from '../../../shared/domain/call-event.ts';
import { applyEvent } from '../../../shared/flows/apply-event.ts';
import type { Decider } from '../../../shared/flows/decider.ts';
import { FLOWS_OF_CALLS } from '../compose-process.ts';
import type { WrittenHead } from '../observer.ts';
import { checkFacts } from './check-facts.ts';
import type { CallEvidence, Evidence } from './evidence.ts';

interface Context {
  readonly evidence: Evidence;
  readonly decider: Decider;
  readonly heads: readonly WrittenHead[];
  /** Folds the journal and compares every head with it: by far the dearest check, so not in every history. */
  readonly isThorough: boolean;
  readonly violate: (invariant: string, detail: string) => void;
}

/** I1, I2, I3, I7 and I9: every event counts once, and the state is what the events make of it. */
export function checkRecorded(call: CallEvidence, context: Context): void {
  checkNothingLost(call, context);
  checkNothingElse(call, context.violate);
  checkNumbers(call, context);
  if (context.isThorough) {
    checkContent(call, context.violate);
    checkFold(call, context);
    checkFacts(call, context.violate);
  }
  checkJoin(call, context);
}

/** I1: what was answered with 200 is in the journal or parked. */
function checkNothingLost(
  { callKey, journal, sent, accepted, malformed }: CallEvidence,
  { evidence: { parkedEvents, parkedTexts }, violate }: Context,
): void {
  const recorded = new Set(journal.map(({ fingerprint }) => fingerprint));
  for (const fingerprint of accepted) {
    if (recorded.has(fingerprint) || parkedEvents.has(fingerprint)) continue;
    violate('I1', `${sent.get(fingerprint)?.type} of ${callKey} was accepted and is nowhere`);
  }
  for (const text of malformed) {
    if (!parkedTexts.has(text)) violate('I1', `a malformed element was accepted and is not parked: ${text}`);
  }
}

/** I1: nothing is in the journal that was not sent of this call. */
function checkNothingElse({ callKey, journal, sent, head }: CallEvidence, violate: Context['violate']): void {
  for (const entry of journal) {
    const told = sent.get(entry.fingerprint);
    if (told === undefined && isOurOwn(entry.event)) continue;
    if (told === undefined) violate('I1', `${entry.type} of ${callKey} is recorded and was never sent`);
    const { wireId } = told ?? entry.event;
    const isForeign = wireId !== null && wireId !== head?.call.wireId;
    if (isForeign) violate('I1', `${entry.type} of another call is recorded in ${callKey}`);
  }
}

/** I1: each event is recorded as it was sent, but for when it was received. */
function checkContent({ callKey, journal, sent }: CallEvidence, violate: Context['violate']): void {
  for (const { event, fingerprint } of journal) {
    const told = sent.get(fingerprint);
    if (told === undefined) continue;
    const recorded = { ...event, receivedAt: told.receivedAt };
    if (JSON.stringify(recorded) !== JSON.stringify(told))
      violate('I1', `${told.type} of ${callKey} is not recorded as it was sent`);
  }
}

/** I7: the journal counts from 1 without a gap, and the head knows how far. */
function checkNumbers({ callKey, journal, head }: CallEvidence, { violate }: Context): void {
  const numbers = journal.map(({ number }) => number);
  const isCounted = numbers.every((number, index) => number === index + 1);
  if (!isCounted) violate('I7', `the journal of ${callKey} is numbered ${numbers.join(', ')}`);
  if ((head?.journalCount ?? 0) !== numbers.length) {
    violate(
      'I7',
      `the head of ${callKey} counts ${head?.journalCount} events, the journal ${numbers.length}`,
    );
  }
}

/** I2 and I9: folding the journal gives every head that was ever written, the last one included. */
function checkFold({ callKey, journal, head }: CallEvidence, context: Context): void {
  const { decider, violate } = context;
  const written = writtenHeads(callKey, context);
  let call: Call | undefined;
  for (const { number, event, fingerprint, type } of journal) {
    if (event.fingerprint !== fingerprint || event.type !== type)
      violate('I7', `the row ${type} ${fingerprint} of ${callKey} says another thing than its event`);
    if (event.type === 'timer.fired' && !isLive(call, event)) {
      violate('timer', `${event.timerId}#${event.generation} of ${callKey} fired and was not armed`);
    }
    call = applyEvent(call, event, { callKey, decider, flows: FLOWS_OF_CALLS }).call;
    const document = written.get(number);
    if (document === undefined || document.startsWith(`{"call":${JSON.stringify(call)},`)) continue;
    violate(
      number === head?.journalCount ? 'I2' : 'I9',
      `the head of ${callKey} after ${number} events is not their fold`,
    );
  }
}

/** The last head that was written with each number of events. */
function writtenHeads(callKey: string, { heads }: Context): Map<number, string> {
  const own = heads.filter(head => head.callKey === callKey);
  return new Map(own.map(({ journalCount, document }) => [journalCount, document]));
}

function isLive(call: Call | undefined, event: CallEvent<'timer.fired'>): boolean {
  const timer = call?.timers.find(({ timerId }) => timerId === event.timerId);
  return timer?.state === 'armed' && timer.generation === event.generation;
}

/** What follows from the events that were sent alone, and not from the order in which they came. */
const FACTS = [
  'wireId',
  'conversation',
  'createdAt',
  'lastEventAt',
  'connectingAt',
  'connectedAt',
  'disconnectingAt',
  'endedAt',
  'wasConnected',
  'endReason',
  'roster',
  'tones',
  'operations',
  'recordings',
] as const;

/**
 * I3: the facts are the join of the events that were recorded, as they were sent, in the order of their times. I4: what
 * was planned from signals that only add up is what that order plans.
 */
function checkJoin({ callKey, journal, sent, head }: CallEvidence, { decider, violate }: Context): void {
  const told = journal.flatMap(({ fingerprint }) => sent.get(fingerprint) ?? []).sort(byTime);
  let joined: Call | undefined;
  for (const event of [...beginningOf(journal), ...told])
    joined = applyEvent(joined, event, { callKey, decider, flows: FLOWS_OF_CALLS }).call;
  if (factsOf(joined) !== factsOf(head?.call)) {
    for (const fact of FACTS) {
      const [expected, actual] = [JSON.stringify(joined?.[fact]), JSON.stringify(head?.call[fact])];
      if (expected !== actual)
        violate('I3', `${fact} of ${callKey} is ${actual}, the events make it ${expected}`);
    }
  }
  if (head?.call.lostAt === null && joined?.state !== head.call.state) {
    violate('I3', `${callKey} is ${head.call.state}, the events make it ${joined?.state}`);
  }
  // What a flow plans depends on its clock as well.
  if (joined?.flow != null) return;
  const actual = new Set(head?.call.actions.map(({ actionId }) => actionId));
  for (const { actionId, kind } of joined?.actions ?? []) {
    if (!actual.has(actionId)) violate('I4', `${kind} ${actionId} of ${callKey} follows and was not planned`);
  }
  checkPlanned({ callKey, journal, head }, { planned: joined, violate });
}

function factsOf(call: Call | undefined): string {
  return JSON.stringify(FACTS.map(fact => call?.[fact]));
}

/** What Ringback itself says of how a call began: that it was asked for, and what its placing came to. */
function beginningOf(journal: CallEvidence['journal']): CallEvent[] {
  const requested = journal.find(({ type }) => type === 'call.requested')?.event;
  if (requested?.type !== 'call.requested') return [];
  const told = journal
    .filter(({ type }) => type === 'action.done' || type === 'action.failed')
    .map(({ event }) => event)
    .filter(event => 'actionId' in event && event.actionId === requested.actionId);
  return [requested, ...told.toSorted(byTime)];
}

/** What is planned beyond that came of timers, each firing of which can plan at most so much. */
function checkPlanned(
  { callKey, journal, head }: Pick<CallEvidence, 'callKey' | 'journal' | 'head'>,
  { planned, violate }: { readonly planned: Call | undefined } & Pick<Context, 'violate'>,
): void {
  const fired = journal.filter(({ type }) => type === 'timer.fired').length;
  const extra = (head?.call.actions.length ?? 0) - (planned?.actions.length ?? 0);
  if (extra > fired)
    violate('I4', `${callKey} planned ${extra} actions beyond its events, with ${fired} timers fired`);
}

function byTime(a: CallEvent, b: CallEvent): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return a.fingerprint < b.fingerprint ? -1 : 1;
}
