import { Callee, stepsOf } from './callee.ts';
import { scriptFor } from './callee-book.ts';
import { Timers } from './clock.ts';
import type { Conversation, ConversationLeg } from './conversation.ts';
import { EventSource } from './event-source.ts';
import type { Happening } from './happening.ts';
import type { Identity } from './identity.ts';
import { tellInviteResults } from './invite-results.ts';
import type { LegRef, LegState } from './leg-event.ts';
import { Player } from './player.ts';
import { Ringing, type RingResult } from './ringing.ts';
import type { World } from './world.ts';

const SECONDS_TO_JOIN = 0.5;
const SECONDS_TO_END = 0.3;

/** What the app asks for with a call. */
export interface LegRequest {
  readonly source: Identity;
  readonly callbackUri: string;
  readonly wantsRoster: boolean;
  readonly wantsTones: boolean;
  /** The number that it calls from, if any. */
  readonly line: string | undefined;
}

/** Whom the app invites, and where it wants to hear of it. */
export interface InviteRequest {
  readonly identities: readonly Identity[];
  readonly operationContext: string | null;
  readonly callbackUri: string | undefined;
}

interface LegOptions {
  readonly conversation: Conversation;
  readonly request: LegRequest;
  /** The call is over. */
  ended(): void;
}

/**
 * The app's own leg of a call, from being asked for to its end. One that it placed ends when nobody else is left on it;
 * one that joined a conversation stays alone.
 */
export class CallLeg implements ConversationLeg {
  readonly leg: LegRef;
  readonly conversation: Conversation;
  readonly request: LegRequest;
  readonly player: Player;
  readonly #world: World;
  readonly #source: EventSource;
  readonly #timers: Timers;
  readonly #ended: () => void;
  readonly #ringing = new Set<Ringing>();
  #state: LegState = 'connecting';
  #endsWhenAlone = false;
  #participantId = '';
  #tones = 0;
  #invitations = 0;
  #brought = 0;

  constructor(world: World, leg: LegRef, { conversation, request, ended }: LegOptions) {
    this.#world = world;
    this.leg = leg;
    this.conversation = conversation;
    this.request = request;
    this.#ended = ended;
    this.#source = new EventSource(world, leg, request.callbackUri);
    this.#timers = new Timers(world.clock);
    this.player = new Player(world, this.#source, () => this.conversation.hearPrompt());
  }

  get state(): LegState {
    return this.#state;
  }

  /** Rings the targets; the first to answer connects the call, and without one it ends. */
  place(targets: readonly Identity[]): void {
    this.#endsWhenAlone = true;
    this.#note({ kind: 'callPlaced', line: this.request.line });
    this.#tellState();
    this.#ring(targets, this.leg.label, results => {
      if (results.every(({ outcome }) => outcome !== null)) this.#fail();
      else this.#endIfAlone();
    });
  }

  /** Joins the conversation. */
  join(): void {
    this.#note({ kind: 'callJoined' });
    this.#tellState();
    this.#timers.afterSeconds(SECONDS_TO_JOIN, () => {
      this.#connect();
      this.#participantId = this.conversation.join(this.request.source);
    });
  }

  /** Rings more people, and tells how it went when the last of them is settled. */
  invite(request: InviteRequest): void {
    const { operationContext, identities, callbackUri } = request;
    this.#note({ kind: 'invite', operationContext });
    this.#invitations += 1;
    const label = `${this.leg.label}|invite|${this.#invitations}`;
    this.#ring(identities, label, results => {
      const eventId = (index: number) => this.#world.streams.guid(`${label}|event|${index}`);
      tellInviteResults(results, {
        operationContext,
        eventId,
        tell: news => this.#source.tell(news, callbackUri),
      });
      this.#endIfAlone();
    });
  }

  /** By hand: a ringing telephone is answered, or declined. False when nobody (of this raw id) rings. */
  pickUp(how: 'answer' | 'decline', rawId: string | undefined): boolean {
    const method = how === 'answer' ? 'answerNow' : 'declineNow';
    return [...this.#ringing].some(ringing => ringing[method](rawId));
  }

  /** By hand: somebody comes to a call that is connected. False when it is not. */
  bring(identity: Identity): boolean {
    if (this.#state !== 'connected') return false;
    this.#brought += 1;
    new Callee({
      world: this.#world,
      conversation: this.conversation,
      identity,
      steps: stepsOf(scriptFor(this.#world.book(), identity.rawId)),
      label: `${this.leg.label}|brought|${this.#brought}`,
      note: happening => this.#note(happening),
    }).join();
    return true;
  }

  /** Whether the participant is this leg itself. */
  isParticipant(participantId: string): boolean {
    return participantId === this.#participantId;
  }

  /** Leaves: what rings and plays stops, and the call ends. Does nothing when it has ended. */
  end(): void {
    if (this.#state === 'disconnecting' || this.#state === 'disconnected') return;
    const conversationId = this.#conversationId;
    this.#state = 'disconnecting';
    this.#leave();
    this.#source.tell({ type: 'state', state: 'disconnecting', conversationId });
    this.#world.clock.after(SECONDS_TO_END * 1000, () => this.#over(conversationId));
  }

  rosterChanged(): void {
    if (this.#state !== 'connected') return;
    if (this.request.wantsRoster) this.#source.tell({ type: 'roster', entries: this.conversation.roster });
    this.#endIfAlone();
  }

  toneHeard(key: string): void {
    if (this.#state !== 'connected') return;
    this.#tones += 1;
    if (this.request.wantsTones) this.#source.tell({ type: 'tone', sequenceId: this.#tones, key });
  }

  /** Known once the leg has been connected. */
  get #conversationId(): string | null {
    return this.#participantId === '' ? null : this.conversation.id;
  }

  #ring(
    identities: readonly Identity[],
    label: string,
    settled: (results: readonly RingResult[]) => void,
  ): void {
    const ringing = new Ringing({
      world: this.#world,
      conversation: this.conversation,
      identities,
      label,
      note: happening => this.#note(happening),
      beforeJoin: () => this.#reached(),
      settled: results => {
        this.#ringing.delete(ringing);
        settled(results);
      },
    });
    this.#ringing.add(ringing);
    ringing.begin();
  }

  /** The first to answer connects the call: the roster then names both. */
  #reached(): void {
    if (this.#state !== 'connecting') return;
    this.#participantId = this.conversation.join(this.request.source);
    this.#connect();
  }

  #connect(): void {
    this.#state = 'connected';
    this.#note({ kind: 'connected' });
    this.#source.tell({ type: 'state', state: 'connected', conversationId: this.conversation.id });
    this.conversation.legs.add(this);
  }

  #endIfAlone(): void {
    if (this.#endsWhenAlone && this.#ringing.size === 0 && this.conversation.people === 0) this.end();
  }

  /** Nobody answered: there is no word of ending, and never a conversation. */
  #fail(): void {
    if (this.#state !== 'connecting') return;
    this.#state = 'disconnecting';
    this.#leave();
    this.#over(null);
  }

  #leave(): void {
    this.#timers.end();
    for (const ringing of [...this.#ringing]) ringing.cancel();
    this.player.end();
    this.conversation.legs.delete(this);
    this.conversation.leave(this.#participantId);
  }

  #over(conversationId: string | null): void {
    this.#state = 'disconnected';
    this.#note({ kind: 'ended', line: this.request.line });
    this.#source.tell({ type: 'state', state: 'disconnected', conversationId });
    this.#ended();
  }

  #tellState(): void {
    this.#source.tell({ type: 'state', state: this.#state, conversationId: null });
  }

  #note(happening: Omit<Happening, 'callId' | 'callbackUri'>): void {
    this.#world.note({ callId: this.leg.id, callbackUri: this.request.callbackUri, ...happening });
  }
}
