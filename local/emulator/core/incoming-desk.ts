import type { Announcement, IncomingCall } from './announcement.ts';
import { BoundedMap, Counter } from './bounded-map.ts';
import type { CallLeg, LegRequest } from './call-leg.ts';
import { stepsOf } from './callee.ts';
import { type Step, scriptFor } from './callee-book.ts';
import type { Conversation } from './conversation.ts';
import type { Exchange } from './exchange.ts';
import type { Happening } from './happening.ts';
import { type Identity, numberOrRawId } from './identity.ts';
import { done, type Result, refused } from './refusal.ts';
import { Ringing } from './ringing.ts';
import type { World } from './world.ts';

const REMEMBERED = 20_000;

/** Who rings whom. */
export interface RingAt {
  readonly from: Identity;
  readonly to: Identity;
  readonly callerDisplayName: string;
  /** What the caller does once they are connected; without it, as the book of callees says of them. */
  readonly steps: readonly Step[] | undefined;
  /** When the caller gives up. */
  readonly ringSeconds: number;
  readonly onBehalfOf: Identity | undefined;
  readonly sipHeaders: Readonly<Record<string, string>>;
  readonly voipHeaders: Readonly<Record<string, string>>;
  /** Tells the app, now and after a redirection. */
  announce(incoming: AnnouncedIncomingCall): void;
}

/** An incoming call, as it is told. */
export type AnnouncedIncomingCall = Announcement & IncomingCall;

interface Pending {
  readonly call: RingAt;
  readonly incoming: AnnouncedIncomingCall;
  readonly conversation: Conversation;
  /** Somebody else who may answer, after a redirection. */
  readonly others: Ringing | undefined;
}

/** Why nothing is done with a call that rings. */
export type IncomingRefusal = 'noIncomingCall';

/** The calls that ring at the app's numbers and users. Each is answered, rejected or redirected once, or given up. */
export class IncomingDesk {
  readonly #world: World;
  readonly #exchange: Exchange;
  readonly #pending = new BoundedMap<Pending>(REMEMBERED);
  readonly #names = new Counter(REMEMBERED);

  constructor(world: World, exchange: Exchange) {
    this.#world = world;
    this.#exchange = exchange;
  }

  /** Somebody rings, which is announced. */
  ring(call: RingAt): Pending['incoming'] {
    const name = `incoming|${call.from.rawId}|${call.to.rawId}`;
    const label = `${name}|${this.#names.add(name)}`;
    const conversation = this.#exchange.desk.create(label);
    const incoming = this.#add(call, { conversation, label, others: undefined });
    call.announce(incoming);
    return incoming;
  }

  /** Takes the call. */
  answer(context: string, request: LegRequest): Result<CallLeg, IncomingRefusal> {
    const pending = this.#take(context);
    if (pending === undefined) return refused('noIncomingCall');
    pending.others?.cancel();
    const { call, conversation } = pending;
    const leg = this.#exchange.attach(conversation, request);
    const steps = call.steps ?? stepsOf(scriptFor(this.#world.book(), call.from.rawId));
    leg.answer(call.from, steps);
    return done(leg);
  }

  /** Turns the caller away. */
  reject(context: string, reason: string): Result<Identity, IncomingRefusal> {
    const pending = this.#take(context);
    if (pending === undefined) return refused('noIncomingCall');
    pending.others?.cancel();
    this.#note('rejected', pending, reason);
    return done(pending.call.from);
  }

  /** Rings at somebody else instead; at a user of the resource, that is a new incoming call as well. */
  redirect(context: string, target: Identity): Result<Identity, IncomingRefusal> {
    const pending = this.#take(context);
    if (pending === undefined) return refused('noIncomingCall');
    this.#note('redirected', pending, numberOrRawId(target));
    const { call, conversation, incoming } = pending;
    const label = `${conversation.label}|redirect|${target.rawId}`;
    const others = new Ringing({
      world: this.#world,
      conversation,
      identities: [target],
      label,
      ringSeconds: call.ringSeconds,
      note: happening => this.#world.note({ callId: incoming.conversationId, ...happening }),
      beforeJoin: () => undefined,
      settled: () => undefined,
    });
    others.begin();
    if (target.kind === 'user') {
      call.announce(this.#add({ ...call, to: target }, { conversation, label, others }));
    }
    return done(target);
  }

  #add(
    call: RingAt,
    { conversation, label, others }: Pick<Pending, 'conversation' | 'others'> & { readonly label: string },
  ): Pending['incoming'] {
    const { streams, clock } = this.#world;
    const context = contextOf(streams.guid(`context|${label}`));
    const { from, to, callerDisplayName, onBehalfOf, sipHeaders, voipHeaders } = call;
    const incoming = {
      type: 'incomingCall' as const,
      id: streams.guid(`announcement|${label}`),
      atMs: clock.now(),
      conversationId: conversation.id,
      correlationId: streams.guid(`correlation|${conversation.label}`),
      context,
      ...{ from, to, callerDisplayName, onBehalfOf, sipHeaders, voipHeaders },
    };
    const pending = { call, incoming, conversation, others };
    this.#pending.set(context, pending);
    this.#note('incoming', pending, `to ${numberOrRawId(to)}`);
    clock.after(call.ringSeconds * 1000, () => {
      if (this.#take(context) !== undefined) this.#note('gaveUp', pending);
    });
    return incoming;
  }

  #take(context: string): Pending | undefined {
    const pending = this.#pending.get(context);
    this.#pending.delete(context);
    return pending;
  }

  #note(kind: Happening['kind'], { call, incoming }: Pending, detail?: string): void {
    this.#world.note({ kind, callId: incoming.conversationId, who: numberOrRawId(call.from), detail });
  }
}

/** Of the form of ACS, which is that of a token (RFC 7519) without a signature; it says nothing. */
function contextOf(guid: string): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none', typ: 'JWT' })}.${part({ cc: guid })}.`;
}
