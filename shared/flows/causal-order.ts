import type { FlowState, SignalOf, Waiting } from '../domain/flow-state.ts';
import type { Signal } from '../domain/signal.ts';
import type { Decision } from './decider.ts';
import { triggerOf } from './trigger-of.ts';

/** Timers of the app itself begin with `!`: no flow's timer can have such an id. */
export const TONE_GAP = '!toneGap';
export const SETTLE = '!settle';

/** How long a tone waits for one that was pressed before it. */
const TONE_GAP_MS = 1_500;

/** ACS counts tones from 1: recorded of the 2021-04 preview and of Call Automation, and told by no document. */
const FIRST_TONE = 1;

/** How long after the end of a call what happened before it is still awaited. */
const SETTLE_MS = 15_000;

/** What a flow is shown of a signal, and what waits. */
export interface Ordered extends Pick<Decision, 'arm' | 'cancel'> {
  readonly waiting: Waiting;
  readonly shown: readonly Signal[];
}

/** Whether an action of that id has been planned on the call. */
type IsPlanned = (actionId: string) => boolean;

/**
 * Puts what has become true into the order of cause and effect, whatever order it arrived in.
 *
 * Tones are shown in their sequence: one that came too early waits, for 1.5 s at most, and one that comes too late is
 * not shown. They begin with number 1, so that the first key of a call waits for nothing; a 0, which ACS is not known to
 * give, waits as well, and is shown unless a 1 has come by then: whichever of the two came first. The end of the call
 * waits for 15 s, and whatever arrives meanwhile is shown before it, by event time; after that nothing is shown. A
 * connection needs no care: the reducer tells of it with the first event that proves it.
 */
export function orderSignal(waiting: Waiting, signal: Signal): Ordered {
  if (signal.type === 'timerFired' && signal.timerId.startsWith('!')) return timeIsUp(waiting, signal);
  if (waiting.phase === 'settled') return { waiting, shown: [] };
  if (waiting.phase === 'settling')
    return { waiting: { ...waiting, late: [...waiting.late, signal] }, shown: [] };
  if (signal.type === 'disconnected') return beginToSettle(waiting, signal);
  return signal.type === 'toneReceived' ? orderTone(waiting, signal) : { waiting, shown: [signal] };
}

/** Keeps an operation's end back whose action has not been planned; undefined for what need not wait. */
export function heldBack(waiting: Waiting, signal: Signal, isPlanned: IsPlanned): Waiting | undefined {
  if (signal.type !== 'operationEnded' || !isHeld(signal, isPlanned)) return undefined;
  return { ...waiting, operations: [...waiting.operations, signal] };
}

/** The ends of operations that waited for actions which are planned by now. */
export function releaseOperations(
  waiting: Waiting,
  isPlanned: IsPlanned,
): Pick<Ordered, 'waiting' | 'shown'> {
  const shown = waiting.operations.filter(operation => !isHeld(operation, isPlanned));
  if (shown.length === 0) return { waiting, shown };
  return {
    waiting: { ...waiting, operations: waiting.operations.filter(held => !shown.includes(held)) },
    shown,
  };
}

/** Nothing waits for a flow that decides nothing more. */
export function nothingWaits(flow: FlowState): FlowState {
  return { ...flow, waiting: { ...flow.waiting, phase: 'settled', tones: [], operations: [], late: [] } };
}

function isHeld({ operationContext }: SignalOf<'operationEnded'>, isPlanned: IsPlanned): boolean {
  return operationContext !== null && !isPlanned(operationContext);
}

function timeIsUp(waiting: Waiting, { timerId }: SignalOf<'timerFired'>): Ordered {
  if (timerId === TONE_GAP && waiting.phase === 'open') {
    return takeTones({ ...waiting, nextTone: waiting.tones[0]?.sequenceId ?? waiting.nextTone });
  }
  if (timerId === SETTLE && waiting.phase === 'settling') return settled(waiting);
  return { waiting, shown: [] };
}

function orderTone(waiting: Waiting, tone: SignalOf<'toneReceived'>): Ordered {
  if (waiting.nextTone !== null && tone.sequenceId < waiting.nextTone) return { waiting, shown: [] };
  return takeTones({ ...waiting, tones: [...waiting.tones, tone].sort(bySequence) });
}

/** Shows the tones that follow on each other, and waits where one is missing. */
function takeTones(waiting: Waiting): Ordered {
  const shown: SignalOf<'toneReceived'>[] = [];
  let { nextTone } = waiting;
  for (const tone of waiting.tones) {
    if (tone.sequenceId !== (nextTone ?? FIRST_TONE)) continue;
    shown.push(tone);
    nextTone = tone.sequenceId + 1;
  }
  const tones = waiting.tones.filter(({ sequenceId }) => sequenceId >= (nextTone ?? 0));
  const isGapNew = tones.length > 0 && (shown.length > 0 || tones.length === 1);
  return {
    waiting: { ...waiting, nextTone, tones },
    shown,
    ...(isGapNew ? { arm: [{ timerId: TONE_GAP, afterMs: TONE_GAP_MS }] } : {}),
    ...(tones.length === 0 && waiting.tones.length > 1 ? { cancel: [TONE_GAP] } : {}),
  };
}

function beginToSettle(waiting: Waiting, end: Signal): Ordered {
  return {
    waiting: { ...waiting, phase: 'settling', late: [end] },
    shown: [],
    arm: [{ timerId: SETTLE, afterMs: SETTLE_MS }],
    cancel: [TONE_GAP],
  };
}

/** All that arrived, in the order of its times; what is missing by now is missing for good. */
function settled(waiting: Waiting): Ordered {
  const [end, ...late] = waiting.late;
  const inTime: readonly Signal[] = [...waiting.tones, ...late].sort(byTime);
  const known = inTime.filter(signal => signal.type === 'toneReceived').sort(bySequence);
  const isFirstKnown = known.some(({ sequenceId }) => sequenceId === FIRST_TONE);
  const nextTone = waiting.nextTone ?? (isFirstKnown ? FIRST_TONE : 0);
  const tones = known.filter(({ sequenceId }, index) => {
    return sequenceId >= nextTone && sequenceId !== known[index - 1]?.sequenceId;
  });
  const places = inTime.flatMap((signal): readonly Signal[] =>
    signal.type === 'toneReceived' ? tones.splice(0, 1) : [signal],
  );
  const shown = end === undefined ? places : [...places, end];
  return { waiting: { ...waiting, phase: 'settled', tones: [], late: [] }, shown };
}

function bySequence(a: SignalOf<'toneReceived'>, b: SignalOf<'toneReceived'>): number {
  return a.sequenceId - b.sequenceId || (a.tone < b.tone ? -1 : 1);
}

/** A connection comes first, whatever the time of what proved it. */
function byTime(a: Signal, b: Signal): number {
  const [x, y] = [orderOf(a), orderOf(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

function orderOf(signal: Signal): string {
  return `${signal.type === 'connected' ? '0' : '1'}${signal.at}${triggerOf(signal)}`;
}
