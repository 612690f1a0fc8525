import type { AnyStateMachine } from 'xstate';
import type { FlowSnapshot } from '../../domain/flow-state.ts';
import type { Decision, PlannedDraft } from '../decider.ts';
import { begun, decisionOf, type Moved, moved, WrongTimeOutError } from '../machine-decider.ts';
import { stateName } from '../state-name.ts';
import { unplainPart } from './plain-json.ts';
import { sealedOff } from './sealed-off.ts';
import type { Pending, PendingTimeOut, Situation } from './situation.ts';
import type { Stimulus } from './stimuli.ts';

/** What a flow decides, told something in some state: the same whatever the world around it is like. */
export interface Decided {
  readonly ok: true;
  readonly decision: Required<Decision>;
  /** What is planned, as text, to be compared. */
  readonly acts: readonly string[];
}

/** What a flow may not do, found while running it. */
export interface StepFault {
  readonly ok: false;
  readonly rule: 'throws' | 'spins' | 'mutates' | 'notPlain' | 'notPure' | 'wrongTimeOut' | 'wrongAction';
  readonly state: string | null;
  /** What it was told. */
  readonly on: string;
  readonly detail: string;
}

/** What a flow decides at its beginning. */
export function decidedAtStart(machine: AnyStateMachine, input: unknown): Decided | StepFault {
  return decided(() => begun(machine, frozen(input)), { state: null, on: 'its beginning' });
}

/** What a flow decides when it is told something. */
export function decidedOn(
  machine: AnyStateMachine,
  snapshot: FlowSnapshot,
  stimulus: Stimulus,
): Decided | StepFault {
  frozen(snapshot);
  return decided(() => moved(machine, snapshot, stimulus.event), {
    state: stateName(snapshot.value),
    on: stimulus.key,
  });
}

/** The situation at the beginning. */
export function situationAtStart({ decision }: Decided): Situation {
  return taken(decision, {
    line: 'setUp',
    isHungUp: false,
    pending: [],
    timers: [],
    others: [],
    isRedialled: false,
  });
}

/** The situation after something has happened, and the flow has decided on it. */
export function situationAfter(before: Situation, stimulus: Stimulus, { decision }: Decided): Situation {
  return taken(decision, worldAfter(before, stimulus), momentOf(before, stimulus));
}

type World = Omit<Situation, 'status' | 'snapshot'>;

function decided(move: () => Moved, at: Pick<StepFault, 'state' | 'on'>): Decided | StepFault {
  const fault = (rule: StepFault['rule'], detail: string): StepFault => ({ ok: false, rule, ...at, detail });
  const tried = sealedOff(() => [move(), move()] as const);
  if (tried.reached !== undefined) return fault('notPure', tried.reached);
  if (!tried.ok) return fault(ruleOfThrown(tried.message), tried.message);
  const [result, again] = tried.value;
  const context: unknown = result.after.context;
  const unplain = unplainPart(context, 'context') ?? unplainPart(result.after.output ?? null, 'output');
  if (unplain !== undefined) return fault('notPlain', unplain);
  try {
    const decision = decisionOf(result);
    if (JSON.stringify(decision) !== JSON.stringify(decisionOf(again))) return fault('notPure', '');
    return { ok: true, decision, acts: decision.actions.map(action => JSON.stringify(action)) };
  } catch (cause) {
    return fault(ruleOf(cause), cause instanceof Error ? cause.message : String(cause));
  }
}

function ruleOfThrown(message: string): StepFault['rule'] {
  if (/^Infinite loop/.test(message)) return 'spins';
  return /read only|not extensible|Cannot (?:delete|assign|add)/.test(message) ? 'mutates' : 'throws';
}

function ruleOf(cause: unknown): StepFault['rule'] {
  if (cause instanceof WrongTimeOutError) return 'wrongTimeOut';
  return cause instanceof RangeError ? 'wrongAction' : 'throws';
}

function taken({ actions, arm, cancel, flow }: Required<Decision>, world: World, moment = 0): Situation {
  const armed = arm.map(({ timerId }) => timerId);
  const isOver = world.line === 'over' || flow.status !== 'active';
  const kept = world.timers.filter(({ id }) => !cancel.includes(id) && !armed.includes(id));
  const timers = [...kept, ...arm.map(({ timerId, afterMs }) => ({ id: timerId, moment, leftMs: afterMs }))];
  return {
    ...world,
    status: flow.status,
    snapshot: flow.snapshot ?? { value: {}, context: {} },
    isHungUp: world.isHungUp || actions.some(({ kind }) => kind === 'hangUp' || kind === 'endForAll'),
    pending: isOver ? [] : actions.reduce(withPending, world.pending),
    timers: isOver ? [] : counted(timers),
    isRedialled: world.isRedialled || actions.some(({ kind }) => kind === 'dialAgain'),
  };
}

/** When what is armed now is armed: as a time-out is over, or at a moment of its own. */
function momentOf({ timers }: Situation, { label, event }: Stimulus): number {
  const passed = label === 'after' ? timers.find(({ id }) => id === event.type) : undefined;
  return passed?.moment ?? timers.length;
}

/** In their order, with the moments counted from 0. */
function counted(timers: readonly PendingTimeOut[]): readonly PendingTimeOut[] {
  const moments = [...new Set(timers.map(({ moment }) => moment))].sort((a, b) => a - b);
  return timers
    .map(timer => ({ ...timer, moment: moments.indexOf(timer.moment) }))
    .sort((a, b) => a.moment - b.moment || a.leftMs - b.leftMs || (a.id < b.id ? -1 : 1));
}

/** Cutting a prompt short, or taking somebody off, can fail too; a flow that has to know of that is not known. */
const CAN_FAIL = [
  'playAudio',
  'playText',
  'playSsml',
  'recognize',
  'addParticipants',
  'transferCall',
  'hangUp',
  'endForAll',
] as const;

function withPending(pending: readonly Pending[], draft: PlannedDraft): readonly Pending[] {
  const kind = CAN_FAIL.find(each => each === draft.kind);
  if (kind === undefined) return pending;
  const isLooped = draft.arguments['loop'] === true;
  const added = { kind, name: draft.name ?? null, isLooped, hears: heardBy(draft) };
  const others = pending.filter(({ kind: known, name }) => known !== added.kind || name !== added.name);
  return [...others, added].sort((a, b) => (`${a.kind} ${a.name}` < `${b.kind} ${b.name}` ? -1 : 1));
}

function heardBy({ kind, arguments: given }: PlannedDraft): readonly string[] {
  if (kind !== 'recognize') return [];
  const { input, choices } = given as { readonly input?: string; readonly choices?: { label: string }[] };
  if (input === 'choices') return (choices ?? []).map(({ label }) => label);
  return input === 'tones' ? ['1', '2'] : ['something'];
}

/** The world once something has happened, whatever the flow makes of it. */
function worldAfter(
  { status: _, snapshot: __, ...world }: Situation,
  { label, subject, event }: Stimulus,
): World {
  switch (label) {
    case 'connected':
      return { ...world, line: 'connected' };
    case 'disconnected':
      return { ...world, line: 'over', pending: [], timers: [] };
    case 'rosterChanged':
      return { ...world, others: (event as { readonly others?: readonly string[] }).others ?? [] };
    case 'operationEnded':
    case 'actionEnded':
      return { ...world, pending: world.pending.filter(({ kind, name }) => `${kind} ${name}` !== subject) };
    case 'after': {
      const passed = world.timers.find(({ id }) => id === event.type);
      const timers = world.timers
        .filter(timer => timer !== passed)
        .map(timer =>
          timer.moment === passed?.moment ? { ...timer, leftMs: timer.leftMs - passed.leftMs } : timer,
        );
      return { ...world, timers };
    }
    case 'toneReceived':
      return world;
  }
}

function frozen<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const member of Object.values(value)) frozen(member);
  return Object.freeze(value);
}
