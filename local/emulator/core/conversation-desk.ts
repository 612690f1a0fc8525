import { BoundedMap } from './bounded-map.ts';
import { CallReports } from './call-reports.ts';
import { Callee } from './callee.ts';
import { type ConversationScript, conversationFor, pickSeconds } from './callee-book.ts';
import { Conversation } from './conversation.ts';
import { EventSource } from './event-source.ts';
import type { Happening } from './happening.ts';
import { identityOf } from './identity.ts';
import type { InviteRequest } from './invitations.ts';
import { tellInviteResults } from './invite-results.ts';
import type { LegRef } from './leg-event.ts';
import { done, type Result, refused } from './refusal.ts';
import { Ringing } from './ringing.ts';
import type { World } from './world.ts';

const REMEMBERED = 20_000;

interface Known {
  readonly conversation: Conversation;
  /** ACS reports out-of-call operations under a leg; the conversation has one of its own for them. */
  readonly anchor: LegRef;
  readonly source: EventSource;
  invitations: number;
}

/** The conversations there are, and what the app does with them from outside. */
export class ConversationDesk {
  readonly #world: World;
  readonly #byId = new BoundedMap<Known>(REMEMBERED);
  /** The scripted ones, by the id that they were asked for. */
  readonly #scripted = new BoundedMap<Known>(REMEMBERED);

  constructor(world: World) {
    this.#world = world;
  }

  /** A new conversation, that of a placed call. */
  create(label: string): Conversation {
    return this.#add(label).conversation;
  }

  /** The conversation of this id, or the scripted one, which begins with the first mention. */
  find(id: string): Conversation | undefined {
    return this.#find(id)?.conversation;
  }

  /** Rings people on behalf of an app that is not on the conversation. */
  invite(id: string, request: InviteRequest): Result<LegRef> {
    const known = this.#find(id);
    if (known === undefined) return refused('notFound');
    const { conversation, anchor, source } = known;
    const { operationContext, callbackUri, identities } = request;
    const note = this.#notes(anchor, callbackUri);
    known.invitations += 1;
    const label = `${anchor.label}|invite|${known.invitations}`;
    note({ kind: 'invite', operationContext });
    const ringing = new Ringing({
      world: this.#world,
      conversation,
      identities,
      label,
      note,
      beforeJoin: () => undefined,
      settled: results => {
        // Without a URI there is nobody to tell.
        if (callbackUri === undefined) return;
        const eventId = (index: number) => this.#world.streams.guid(`${label}|event|${index}`);
        tellInviteResults(results, {
          operationContext,
          invitationId: label,
          eventId,
          tell: news => source.tell(news, callbackUri),
        });
      },
    });
    ringing.begin();
    return done(anchor);
  }

  /** Sends somebody away. */
  remove(id: string, participantId: string): Result<LegRef> {
    const known = this.#find(id);
    if (known === undefined) return refused('notFound');
    const entry = known.conversation.roster.find(member => member.participantId === participantId);
    if (entry === undefined || !known.conversation.leave(participantId)) return refused('noParticipant');
    this.#notes(known.anchor, undefined)({ kind: 'remove', who: entry.identity.rawId });
    return done(known.anchor);
  }

  #find(id: string): Known | undefined {
    const known = this.#byId.get(id) ?? this.#scripted.get(id);
    if (known !== undefined) return known;
    const script = conversationFor(this.#world.book(), id);
    return script === undefined ? undefined : this.#open(id, script);
  }

  #open(id: string, { members }: ConversationScript): Known {
    const known = this.#add(id);
    this.#scripted.set(id, known);
    const { conversation, anchor } = known;
    const note = this.#notes(anchor, undefined);
    for (const [index, { identity, joinsAfterSeconds, steps }] of members.entries()) {
      const label = `${anchor.label}|member|${index}`;
      const random = this.#world.streams.stream(label);
      const member = new Callee({
        world: this.#world,
        conversation,
        identity: identityOf(identity),
        steps,
        label,
        note,
      });
      const joinsAfter = pickSeconds(joinsAfterSeconds, random);
      if (joinsAfter === 0) member.join();
      else this.#world.clock.after(joinsAfter * 1000, () => member.join());
    }
    return known;
  }

  #add(label: string): Known {
    const { streams } = this.#world;
    const conversation = new Conversation(label, streams, started => CallReports.of(this.#world, started));
    const anchor: LegRef = {
      id: streams.guid(`anchor|${label}`),
      label: `conversation|${label}`,
      conversationId: conversation.id,
      correlationId: streams.guid(`correlation|${label}`),
      origin: 'outside',
    };
    const known = { conversation, anchor, source: new EventSource(this.#world, anchor, ''), invitations: 0 };
    this.#byId.set(conversation.id, known);
    return known;
  }

  #notes(anchor: LegRef, callbackUri: string | undefined) {
    return (happening: Omit<Happening, 'callId' | 'callbackUri'>): void => {
      this.#world.note({ callId: anchor.id, callbackUri, ...happening });
    };
  }
}
