import { Callee, stepsOf } from './callee.ts';
import { type Step, scriptFor } from './callee-book.ts';
import { Timers } from './clock.ts';
import type { Conversation, ConversationLeg } from './conversation.ts';
import { EventSource } from './event-source.ts';
import type { Happening } from './happening.ts';
import type { Identity } from './identity.ts';
import { Invitations, type InviteRequest } from './invitations.ts';
import type { CallEnd, LegNews, LegRef, LegState } from './leg-event.ts';
import { LegRinging } from './leg-ringing.ts';
import { MediaStreams, type StreamKind } from './media-streams.ts';
import { OUTCOMES } from './outcomes.ts';
import { Player } from './player.ts';
import type { RingResult } from './ringing.ts';
import { ToneListening } from './tone-listening.ts';
import type { World } from './world.ts';

const SECONDS_TO_JOIN = 0.5;
const SECONDS_TO_END = 0.3;

/** What the app asks for with a call. */
export interface LegRequest {
  readonly source: Identity;
  readonly callbackUri: string;
  readonly wantsRoster: boolean;
  /** Whether every key that anybody presses is told. */
  readonly wantsTones: boolean;
  /** The number that it calls from, if any. */
  readonly line: string | undefined;
  /** Which way of speaking the app has; undefined for that of the emulator. */
  readonly dialect?: string;
  /** Comes back with what is told of the call's beginning and end. */
  readonly operationContext?: string | null;
  readonly displayName?: string | undefined;
  /** What is sent out of the call as soon as it is connected. */
  readonly streams?: readonly StreamKind[];
}

interface LegOptions {
  readonly conversation: Conversation;
  readonly request: LegRequest;
  /** The call is over. */
  ended(): void;
}

/**
 * The app's own leg of a call, from being asked for to its end. One that it placed or answered ends when nobody else is
 * left on it; one that joined a conversation stays alone.
 */
export class CallLeg implements ConversationLeg {
  readonly leg: LegRef;
  readonly conversation: Conversation;
  readonly request: LegRequest;
  readonly player: Player;
  readonly tones: ToneListening;
  readonly streams: MediaStreams;
  readonly ringing: LegRinging;
  readonly invitations: Invitations;
  readonly #world: World;
  readonly #source: EventSource;
  readonly #timers: Timers;
  readonly #whenOver: (() => void)[];
  #targets: readonly Identity[] = [];
  #state: LegState = 'connecting';
  #endsWhenAlone = false;
  #participantId = '';
  #tones = 0;
  #rosters = 0;
  #brought = 0;

  constructor(world: World, leg: LegRef, { conversation, request, ended }: LegOptions) {
    this.#world = world;
    this.leg = leg;
    this.conversation = conversation;
    this.request = request;
    this.#whenOver = [ended];
    this.#source = new EventSource(world, leg, request.callbackUri);
    this.#timers = new Timers(world.clock);
    this.player = new Player(world, this.#source, to => this.conversation.hearPrompt(to));
    this.tones = new ToneListening(this.#source);
    this.streams = new MediaStreams(this.#source);
    this.ringing = new LegRinging({
      world,
      conversation,
      note: happening => this.note(happening),
      beforeJoin: () => this.#reached(),
    });
    this.invitations = new Invitations(world, this.#source, this.ringing);
  }

  get state(): LegState {
    return this.#state;
  }

  /** With whom the call was asked for. */
  get targets(): readonly Identity[] {
    return this.#targets;
  }

  /** Rings the targets; the first to answer connects the call, and without one it ends. */
  place(targets: readonly Identity[]): void {
    this.#endsWhenAlone = true;
    this.#targets = targets;
    this.note({ kind: 'callPlaced', line: this.request.line });
    this.#tellState();
    this.ringing.begin({
      identities: targets,
      label: this.leg.label,
      settled: results => {
        if (results.every(({ outcome }) => outcome !== null)) this.#fail(results);
        else this.endIfAlone();
      },
    });
  }

  /** Joins the conversation. */
  join(): void {
    this.note({ kind: 'callJoined' });
    this.#tellState();
    this.#timers.afterSeconds(SECONDS_TO_JOIN, () => {
      this.#connect();
      this.#participantId = this.conversation.join(this.request.source);
    });
  }

  /** Takes the call of somebody who rings; they do what the steps say. */
  answer(caller: Identity, steps: readonly Step[]): void {
    this.#endsWhenAlone = true;
    this.#targets = [caller];
    this.note({ kind: 'callAnswered', who: caller.rawId });
    this.#tellState();
    this.#timers.afterSeconds(SECONDS_TO_JOIN, () => {
      this.#participantId = this.conversation.join(this.request.source);
      this.#connect();
      this.#callee(caller, steps, `${this.leg.label}|caller`).join();
    });
  }

  /** Rings more people; gives the id of the invitation. */
  invite(request: InviteRequest): string {
    this.note({ kind: 'invite', operationContext: request.operationContext });
    return this.invitations.invite(request, () => this.endIfAlone());
  }

  /** By hand: a ringing telephone is answered, or declined. False when nobody (of this raw id) rings. */
  pickUp(how: 'answer' | 'decline', rawId: string | undefined): boolean {
    return this.ringing.pickUp(how, rawId);
  }

  /** By hand: somebody comes to a call that is connected. False when it is not. */
  bring(identity: Identity): boolean {
    if (this.#state !== 'connected') return false;
    this.#brought += 1;
    const steps = stepsOf(scriptFor(this.#world.book(), identity.rawId));
    this.#callee(identity, steps, `${this.leg.label}|brought|${this.#brought}`).join();
    return true;
  }

  /** By hand: whoever called hangs up while the app is about to be there. False when it is not, or is there. */
  callerGivesUp(): boolean {
    if (this.leg.origin !== 'answered' || this.#state !== 'connecting') return false;
    this.end({ kind: 'callerGone' });
    return true;
  }

  /** Whether the participant is this leg itself. */
  isParticipant(participantId: string): boolean {
    return participantId === this.#participantId;
  }

  /** Calls back when the call is over, before that is told. */
  whenOver(then: () => void): void {
    this.#whenOver.push(then);
  }

  /** Tells the app, at the operation's own callback URI where it has one. */
  tell(news: LegNews, callbackUri?: string): void {
    this.#source.tell(news, callbackUri);
  }

  /** Writes down what happened on this call. */
  note(happening: Omit<Happening, 'callId' | 'callbackUri'>): void {
    this.#world.note({ callId: this.leg.id, callbackUri: this.request.callbackUri, ...happening });
  }

  /** Leaves: what rings and plays stops, and the call ends. Does nothing when it has ended. */
  end(why: CallEnd = { kind: 'byApp' }): void {
    if (this.#state === 'disconnecting' || this.#state === 'disconnected') return;
    const conversationId = this.#conversationId;
    this.#state = 'disconnecting';
    this.#leave();
    this.#tellState(conversationId);
    this.#world.clock.after(SECONDS_TO_END * 1000, () => this.#over(conversationId, why));
  }

  /** Ends when nobody else is left, or to come, and the app asked for the call itself. */
  endIfAlone(): void {
    if (!this.#endsWhenAlone || this.ringing.size > 0 || this.conversation.people > 0) return;
    this.end({ kind: 'left', who: this.conversation.lastToLeave });
  }

  rosterChanged(): void {
    if (this.#state !== 'connected') return;
    if (this.request.wantsRoster) {
      this.#rosters += 1;
      const { roster: entries } = this.conversation;
      this.#source.tell({ type: 'roster', sequenceNumber: this.#rosters, entries });
    }
    this.endIfAlone();
  }

  toneHeard(key: string, by: Identity): void {
    if (this.#state !== 'connected') return;
    this.#tones += 1;
    if (this.request.wantsTones) {
      this.#source.tell({ type: 'tone', sequenceId: this.#tones, key });
    }
    this.tones.heard(key, by);
    this.player.toneHeard(key, by);
  }

  speechHeard(text: string, by: Identity): void {
    if (this.#state === 'connected') this.player.speechHeard(text, by);
  }

  /** Known once the leg has been connected. */
  get #conversationId(): string | null {
    return this.#participantId === '' ? null : this.conversation.id;
  }

  #callee(identity: Identity, steps: readonly Step[], label: string): Callee {
    return new Callee({
      world: this.#world,
      conversation: this.conversation,
      identity,
      steps,
      label,
      note: happening => this.note(happening),
    });
  }

  /** The first to answer connects the call: the roster then names both. */
  #reached(): void {
    if (this.#state !== 'connecting') return;
    this.#participantId = this.conversation.join(this.request.source);
    this.#connect();
  }

  #connect(): void {
    this.#state = 'connected';
    this.note({ kind: 'connected' });
    this.#tellState(this.conversation.id);
    this.conversation.legs.add(this);
    const request = { operationContext: this.request.operationContext ?? null, callbackUri: undefined };
    for (const stream of this.request.streams ?? []) this.streams.change(stream, 'started', request);
  }

  /** Nobody answered: there is no word of ending, and never a conversation. */
  #fail(results: readonly RingResult[]): void {
    if (this.#state !== 'connecting') return;
    this.#state = 'disconnecting';
    this.#leave();
    const { identity: who, outcome } = results.at(-1) ?? { identity: undefined, outcome: null };
    this.#over(null, { kind: 'unreached', who, outcome: outcome ?? OUTCOMES.unanswered });
  }

  #leave(): void {
    this.#timers.end();
    this.ringing.cancel();
    this.player.cancel();
    this.conversation.legs.delete(this);
    this.conversation.leave(this.#participantId);
  }

  #over(conversationId: string | null, end: CallEnd): void {
    this.#state = 'disconnected';
    this.note({ kind: 'ended', line: this.request.line });
    const { operationContext = null } = this.request;
    for (const then of this.#whenOver) then();
    this.#source.tell({ type: 'state', state: 'disconnected', conversationId, operationContext, end });
  }

  #tellState(conversationId: string | null = null): void {
    const { operationContext = null } = this.request;
    this.#source.tell({ type: 'state', state: this.#state, conversationId, operationContext });
  }
}
