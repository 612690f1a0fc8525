import type { ActionRequest } from '../../shared/actions/provider.ts';
import { eventTimeOf } from '../../shared/clock.ts';
import { receiveCallback } from '../../shared/processing/receive-callback.ts';
import { element } from '../support/preview-2021-04-elements.ts';
import { calleeOf } from './client.ts';
import type { Observer } from './observer.ts';
import type { Random } from './random.ts';
import type { Delivery, PlacedCall } from './scenario.ts';
import type { Scheduler } from './scheduler.ts';
import type { SimulatedProcess } from './simulated-process.ts';

/** An element that was sent, and what became of it. */
export interface SentElement {
  readonly callKey: string | null;
  /** As it was sent, with a number that no other element of the history has: a reader takes no notice of it. */
  readonly element: { readonly number: number };
  /** The element as JSON. */
  readonly text: string;
  /** Some callback that held it was answered with 200. */
  isAccepted: boolean;
}

/** An event of a call, so long from now. */
interface Told {
  readonly afterMs: number;
  readonly type: string;
  readonly data: object;
}

/** Sends events in one callback, when the last of them has happened. */
type Tell = (...events: readonly Told[]) => void;

/** The chances that events near each other come in one callback, and that a callback comes twice. */
const TOLD = { together: 0.5, twice: 0.3 } as const;
const TOLD_BRIEFLY = { together: 0.9, twice: 0.05 } as const;

/** A sender gives up on a callback now and then; what it was told nothing about, nobody promised anything. */
const GIVES_UP = 0.05;

const RETRY_MS = { from: 3_000, to: 30_000 } as const;

/** ACS as a sender of callbacks: sends what the scenario says and what comes of the actions, and again what failed. */
export class Environment {
  /** Everything that was sent, by its text without the number and the key in its URL. */
  readonly sent = new Map<string, SentElement>();
  readonly #sentAs = new Map<object, SentElement>();
  readonly #scheduler: Scheduler;
  readonly #random: Random;
  readonly #observer: Observer;
  readonly #processes: readonly SimulatedProcess[];
  readonly #onEnded: (wireId: string) => void;
  readonly #placed: readonly PlacedCall[];
  /** The calls that were placed, by whom they called. */
  readonly #called = new Map<string, string[]>();
  readonly #chances: typeof TOLD | typeof TOLD_BRIEFLY;
  readonly #hungUp = new Set<string>();
  /** Callbacks that are neither answered nor given up. */
  #open = 0;

  constructor(options: {
    readonly scheduler: Scheduler;
    readonly random: Random;
    readonly observer: Observer;
    readonly processes: readonly SimulatedProcess[];
    /** Is told that a call leg ends, whoever gets to know of it. */
    readonly onEnded: (wireId: string) => void;
    readonly placed: readonly PlacedCall[];
    readonly isBrief: boolean;
  }) {
    this.#scheduler = options.scheduler;
    this.#random = options.random;
    this.#observer = options.observer;
    this.#processes = options.processes;
    this.#onEnded = options.onEnded;
    this.#placed = options.placed;
    this.#chances = options.isBrief ? TOLD_BRIEFLY : TOLD;
  }

  get isDone(): boolean {
    return this.#open === 0;
  }

  send(delivery: Delivery, atMs: number): void {
    this.#open += 1;
    for (const sent of delivery.elements) this.#note(delivery.callKey, sent);
    this.#scheduler.at(atMs, () => this.#post(delivery));
  }

  /** ACS carried an action out: what comes of it is told in events, often before the request is answered. */
  executed(request: ActionRequest): void {
    const { callKey, wireId, actionId, kind } = request;
    const callLegId = wireId ?? callKey;
    const url = callKey.startsWith('x') ? null : callKey;
    const { nowMs } = this.#scheduler;
    const tell: Tell = (...events) => {
      const elements = events.map(({ afterMs, type, data }) =>
        element(type, data, { callLegId, eventTime: eventTimeOf(nowMs + afterMs) }),
      );
      const lastMs = Math.max(...events.map(({ afterMs }) => afterMs));
      this.#sendTwiceAtTimes({ atMs: 0, callKey: url, elements }, nowMs + lastMs);
    };
    if (kind === 'placeCall') this.#tellOfPlaced(request);
    else if (kind === 'playAudio') this.#tellOfPlay(actionId, tell);
    else if (kind === 'addParticipants') this.#tellOfInvitation(actionId, tell);
    else if (kind === 'hangUp') this.#end(callKey, tell);
  }

  #tellOfPlaced({ callKey, arguments: { to } }: ActionRequest): void {
    const callee = String(to);
    const called = this.#called.get(callee) ?? [];
    this.#called.set(callee, called);
    if (!called.includes(callKey)) called.push(callKey);
    const call = this.#placed.find((placed, number) => calleeOf(placed, number) === callee);
    if (called.indexOf(callKey) === 1) this.#observer.count('E flow dials again');
    const told = [call?.told, call?.toldAgain][called.indexOf(callKey)] ?? [];
    if (told.length === 0) this.#observer.count('E placed call never heard of');
    const { nowMs } = this.#scheduler;
    for (const delivery of told) {
      this.send({ ...delivery, callKey }, nowMs + delivery.atMs);
      // Else those that wait for its line would wait for ever.
      if (call?.needsLine === true)
        this.#scheduler.at(nowMs + delivery.atMs, () => this.#endSilently(delivery));
    }
  }

  #endSilently({ elements }: Delivery): void {
    for (const { data } of elements as readonly { readonly data: { readonly CallLegId?: string } }[])
      if (data.CallLegId !== undefined) this.#onEnded(data.CallLegId);
  }

  #tellOfPlay(OperationContext: string, tell: Tell): void {
    const type = 'PlayAudioResult';
    const data = { ResultInfo: null, OperationContext, Status: 'Running' };
    const ResultInfo = { Code: 200, Subcode: 0, Message: 'Action completed successfully.' };
    const afterMs = this.#random.between(500, 6_000);
    this.#tellInTurn(tell, [
      { afterMs: 40, type, data },
      { afterMs, type, data: { ResultInfo, OperationContext, Status: 'Completed' } },
    ]);
  }

  #tellOfInvitation(OperationContext: string, tell: Tell): void {
    const afterMs = this.#random.between(500, 9_000);
    const Status = this.#random.chance(0.8) ? 'Completed' : 'Failed';
    const data = { ResultInfo: null, OperationContext, Status, Participants: [] };
    tell({ afterMs, type: 'InviteParticipantResult', data });
  }

  #end(callKey: string, tell: Tell): void {
    if (this.#hungUp.has(callKey)) return;
    this.#hungUp.add(callKey);
    const type = 'CallLegStateChanged';
    const terminating = { afterMs: 30, type, data: { ConversationId: null, CallState: 'Terminating' } };
    const terminated = { afterMs: 400, type, data: { ConversationId: null, CallState: 'Terminated' } };
    const isLost = this.#random.chance(0.1);
    if (isLost) this.#observer.count('E terminal event lost');
    this.#tellInTurn(tell, isLost ? [terminating] : [terminating, terminated]);
  }

  #tellInTurn(tell: Tell, events: readonly Told[]): void {
    if (this.#random.chance(this.#chances.together)) tell(...events);
    else for (const event of events) tell(event);
  }

  #sendTwiceAtTimes(delivery: Delivery, atMs: number): void {
    this.send(delivery, atMs + this.#random.between(0, 1_500));
    if (!this.#random.chance(this.#chances.twice)) return;
    this.#observer.count('E duplicate delivery');
    this.send(delivery, atMs + this.#random.between(0, 60_000));
  }

  #note(callKey: string | null, sent: object): void {
    if (this.#sentAs.has(sent)) return;
    const text = JSON.stringify(sent);
    const key = `${callKey ?? ''} ${text}`;
    const known = this.sent.get(key);
    const noted = known ?? numbered(this.sent.size, { callKey, element: sent, text });
    this.#sentAs.set(sent, noted);
    if (known !== undefined) return;
    this.sent.set(key, noted);
    const { CallState, CallLegId } = (sent as { readonly data: Readonly<Record<string, unknown>> }).data;
    if (String(CallState).startsWith('Terminat')) this.#onEnded(String(CallLegId));
  }

  #post(delivery: Delivery): void {
    const up = this.#processes.filter(({ app }) => app !== undefined);
    if (up.length === 0) {
      this.#again(delivery);
      return;
    }
    const process = this.#random.pick(up);
    const drop = () => this.#again(delivery);
    process.connections.add(drop);
    void this.#request(process, delivery, drop);
  }

  async #request(process: SimulatedProcess, delivery: Delivery, drop: () => void): Promise<void> {
    await this.#step(process, 'I1 receive callback', () => undefined);
    const { app } = process;
    if (app === undefined) return;
    const { callKey, elements } = delivery;
    const result = await receiveCallback(app.received, {
      callKey: callKey ?? undefined,
      body: `[${elements.map(each => this.#sentAs.get(each)?.text).join(',')}]`,
      receivedAt: eventTimeOf(app.clock.now()),
      traceparent: null,
    });
    await this.#step(process, 'I4 answer callback', () => {
      process.connections.delete(drop);
      if (result.ok) this.#accepted(delivery);
      else if (result.problem.status === 503) this.#again(delivery);
      else this.#observer.violate('error', `a callback is refused: ${result.problem.detail}`);
    });
  }

  #step(process: SimulatedProcess, name: string, run: () => void): Promise<void> {
    return this.#scheduler.take(process, { name, kind: 'http', effect: run });
  }

  #accepted({ elements }: Delivery): void {
    this.#open -= 1;
    for (const each of elements) {
      const sent = this.#sentAs.get(each);
      if (sent !== undefined) sent.isAccepted = true;
    }
  }

  #again(delivery: Delivery): void {
    if (this.#random.chance(GIVES_UP)) {
      this.#open -= 1;
      this.#observer.count('E sender gives up');
      return;
    }
    this.#observer.count('E callback sent again');
    const delayMs = this.#random.between(RETRY_MS.from, RETRY_MS.to);
    this.#scheduler.at(this.#scheduler.nowMs + delayMs, () => this.#post(delivery));
  }
}

function numbered(
  number: number,
  {
    callKey,
    element,
    text,
  }: { readonly callKey: string | null; readonly element: object; readonly text: string },
): SentElement {
  return {
    callKey,
    element: { number, ...element },
    text: `{"number":${number},${text.slice(1)}`,
    isAccepted: false,
  };
}
