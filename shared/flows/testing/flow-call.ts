import type { ActingDialect } from '../../actions/dialect-support.ts';
import { addMilliseconds } from '../../clock.ts';
import { type Action, type ActionKind, endsCall, isPlacing, outlivesCall } from '../../domain/action.ts';
import { type Call, endOf } from '../../domain/call.ts';
import type { CallEvent, EventPayload, ResultInfo } from '../../domain/call-event.ts';
import type { EventTime } from '../../domain/event-time.ts';
import type { OperationEnd } from '../../domain/operation-events.ts';
import { applyEvent } from '../apply-event.ts';
import { listening } from '../decider.ts';
import type { Flow } from '../flow.ts';
import { isFlowAction } from '../flow-actions.ts';
import { parseFlowInput } from '../flow-input.ts';
import { flowLookup } from '../flow-lookup.ts';
import { toneOf } from '../flow-signals.ts';
import { stateName } from '../state-name.ts';

/** What a test may want otherwise. */
export interface FlowCallOptions {
  /** What the flow is given; its example unless told. */
  readonly input?: Readonly<Record<string, unknown>>;
  /** Which call this is of those that are dialled until one goes well; the first unless told. */
  readonly attempt?: number;
  /** Kinds of actions that ACS refuses on this call. */
  readonly refused?: readonly ActionKind[];
  /** In which the call is placed; the 2021-04 preview unless told. A flow is to do the same in each. */
  readonly dialect?: ActingDialect;
}

/** An action of the flow as a test looks at it. */
export interface FlowCallAction {
  readonly kind: ActionKind;
  readonly name: string | null;
  readonly state: Action['state'];
  readonly arguments: Readonly<Record<string, unknown>>;
}

const BEGIN = '2030-01-01T09:00:00.0000000Z' as EventTime;
const CALL_KEY = 'c01test0000000000000000000';
const CALLEE = '4:+14255550142';
const OURSELVES = '8:acs:ringback';

/** The reasons that ACS gives for calls that nobody answered. */
const REASONS = {
  'no-answer': { code: 480, subcode: 10037, message: null },
  busy: { code: 486, subcode: 10037, message: null },
  declined: { code: 603, subcode: 0, message: null },
} as const satisfies Record<string, ResultInfo>;

/**
 * A call that a flow runs, in virtual time and without a telephone: a test says what the callee does and how long it
 * waits, and looks at what the flow did. ACS takes every action at once, in order, unless it is told to refuse it.
 *
 * What happens goes the way of a real call's events, so that the flow is shown exactly what it would be shown in life.
 */
export class FlowCall {
  readonly #dialect: ActingDialect;
  readonly #refused: ReadonlySet<ActionKind>;
  readonly #lookup: ReturnType<typeof flowLookup>;
  readonly #events: CallEvent[] = [];
  #call: Call | undefined;
  #now = BEGIN;
  #tones = 0;

  /** @throws Error for an input that the flow does not take. */
  constructor(flow: Flow, options: FlowCallOptions = {}) {
    const { input = flow.example, attempt, refused = [], dialect = 'preview-2021-04' } = options;
    const parsed = parseFlowInput(flow, input);
    if (!parsed.ok)
      throw new Error(parsed.faults.map(({ pointer, detail }) => `${pointer}: ${detail}`).join('; '));
    this.#dialect = dialect;
    this.#refused = new Set(refused);
    this.#lookup = flowLookup([flow]);
    const { name, version } = flow;
    const asked = { to: [CALLEE], events: ['participantsUpdated', 'toneReceived'] };
    // On GA it is the answer that says who we are on the call.
    const given = dialect === 'ga' ? asked : { ...asked, from: OURSELVES };
    const placing = { kind: 'placeCall' as const, arguments: given };
    this.#happens({
      type: 'call.requested',
      actionId: 'place',
      action: placing,
      flow: { name, version, input: attempt === undefined ? parsed.input : { ...parsed.input, attempt } },
    });
  }

  /** The callee answers. */
  answers(): this {
    return this.#happens({ type: 'call.connected', conversationId: 'conversation-1' });
  }

  /** The callee presses keys, one after the other: `presses('12#')`. */
  presses(keys: string): this {
    for (const key of keys) {
      this.#tones += 1;
      this.#happens({ type: 'tone.received', sequenceId: this.#tones, tone: toneOf(key) });
    }
    return this;
  }

  /** The prompt that was begun last ends: it was played to its end, unless told. */
  promptEnds(status: OperationEnd = 'completed'): this {
    const [type, last] = [`play.${status}` as const, this.#last('playAudio')];
    return this.#happens({ type, operationContext: last.actionId, result: null });
  }

  /** Whom the flow invited last joins. */
  joins(): this {
    return this.#invited('participant.addSucceeded');
  }

  /** Whom the flow invited last does not answer. */
  doesNotJoin(): this {
    return this.#invited('participant.addFailed');
  }

  /** These are on the call from now on, beside ourselves: raw ids. */
  isOnTheCall(...others: readonly string[]): this {
    const participants = [OURSELVES, ...others].map(rawId => ({
      rawId,
      participantId: null,
      isMuted: false,
    }));
    return this.#happens({ type: 'roster.snapshot', sequenceNumber: null, participants });
  }

  /** Nothing happens for so long, but what the flow waits for. */
  waits(seconds: number): this {
    const until = addMilliseconds(this.#now, seconds * 1000);
    for (let timer = this.#due(until); timer !== undefined; timer = this.#due(until)) {
      this.#now = timer.dueAt > this.#now ? timer.dueAt : this.#now;
      const { timerId, generation } = timer;
      this.#happens({ type: 'timer.fired', timerId, generation });
    }
    this.#now = until;
    return this;
  }

  /** The callee hangs up; or the call ends before anybody answered, with the given reason. */
  hangsUp(reason?: keyof typeof REASONS): this {
    const { wasConnected } = this.call;
    const told = reason === undefined ? null : REASONS[reason];
    return this.#happens({ type: 'call.disconnected', conversationId: null, wasConnected, reason: told });
  }

  /** The call as it stands. */
  get call(): Call {
    if (this.#call === undefined) throw new Error('The call has not begun.');
    return this.#call;
  }

  /** What happened on the call, in the order in which it was recorded. */
  get events(): readonly CallEvent[] {
    return this.#events;
  }

  /** What the flow wanted done, in the order in which it was planned. */
  get actions(): readonly FlowCallAction[] {
    const { actions, flow } = this.call;
    return actions
      .filter(({ kind }) => isFlowAction(kind))
      .map(({ actionId, kind, state, arguments: given }) => ({
        kind,
        name: flow?.names[actionId] ?? null,
        state,
        arguments: given,
      }));
  }

  /** The same, in a few words: `playAudio reminder`, `hangUp`. Without what was skipped. */
  get did(): readonly string[] {
    return this.actions
      .filter(({ state }) => state !== 'skipped')
      .map(({ kind, name }) => (name === null ? kind : `${kind} ${name}`));
  }

  /** The state that the flow is in. */
  get state(): string {
    return stateName(this.call.flow?.snapshot?.value ?? null);
  }

  /** What the flow came to; null until it is done. */
  get result(): unknown {
    return this.call.flow?.result ?? null;
  }

  /** Why the flow failed; null while it keeps to its rules. */
  get error(): string | null {
    return this.call.flow?.error ?? null;
  }

  /** Whether the call is over. */
  get isOver(): boolean {
    return endOf(this.call) !== null;
  }

  #invited(type: 'participant.addSucceeded' | 'participant.addFailed'): this {
    const { actionId, arguments: given } = this.#last('addParticipants');
    const participants = given['participants'] as readonly string[];
    return this.#happens({ type, operationContext: actionId, result: null, participants });
  }

  #last(kind: ActionKind): Action {
    const found = this.call.actions.findLast(action => action.kind === kind && action.state === 'done');
    if (found === undefined)
      throw new Error(`The flow has done no ${kind} yet; it did: ${this.did.join(', ')}.`);
    return found;
  }

  #due(until: EventTime) {
    return this.call.timers
      .filter(({ state, dueAt }) => state === 'armed' && dueAt <= until)
      .sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1))[0];
  }

  #happens(payload: EventPayload): this {
    this.#apply(payload);
    for (let action = this.#next(); action !== undefined; action = this.#next()) this.#perform(action);
    return this;
  }

  /** What goes out next: a hang-up before all else, and what waits when its time has come. */
  #next(): Action | undefined {
    const ready = this.call.actions.filter(
      ({ state, notBefore }) => state === 'planned' && (notBefore === undefined || notBefore <= this.#now),
    );
    return ready.find(endsCall) ?? ready[0];
  }

  #perform(action: Action): void {
    const { actionId, kind } = action;
    if (this.#refused.has(kind)) {
      this.#apply({ type: 'action.failed', actionId, reason: 'it was refused' });
      return;
    }
    const ids = isPlacing(action) && this.#dialect === 'ga' ? { ids: { source: OURSELVES } } : {};
    this.#apply({ type: 'action.done', actionId, ...ids });
    if (isPlacing(action)) this.#apply({ type: 'call.connecting', conversationId: null });
    if (!endsCall(action) || outlivesCall(action) || this.isOver) return;
    const { wasConnected } = this.call;
    this.#apply({ type: 'call.disconnected', conversationId: null, wasConnected, reason: null });
  }

  /** Events that happen at once still have an order: that of their last digits. */
  #momentOf(index: number): EventTime {
    return this.#now.replace(/\d{4}Z$/, `${String(index % 10_000).padStart(4, '0')}Z`) as EventTime;
  }

  #apply(payload: EventPayload): void {
    const isOurs = /^action\.|^timer\.|^call\.requested/.test(payload.type);
    const event: CallEvent = {
      fingerprint: `event-${this.#events.length + 1}`,
      at: this.#momentOf(this.#events.length),
      receivedAt: this.#now,
      dialect: this.#dialect,
      wireId: isOurs ? null : 'leg-1',
      ...payload,
    };
    this.#events.push(event);
    const context = { callKey: CALL_KEY, decider: listening, flows: this.#lookup };
    this.#call = applyEvent(this.#call, event, context).call;
  }
}
