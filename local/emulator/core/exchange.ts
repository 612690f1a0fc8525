import { BoundedMap, Counter } from './bounded-map.ts';
import { CallControl } from './call-control.ts';
import { CallLeg, type LegRequest } from './call-leg.ts';
import type { Conversation } from './conversation.ts';
import { ConversationDesk } from './conversation-desk.ts';
import type { Happening } from './happening.ts';
import type { Identity } from './identity.ts';
import { IncomingDesk } from './incoming-desk.ts';
import type { InviteRequest } from './invitations.ts';
import type { LegRef } from './leg-event.ts';
import type { PlayRequest } from './play-job.ts';
import type { JobStatus } from './player.ts';
import { RecordingDesk } from './recording-desk.ts';
import { done, type Result, refused } from './refusal.ts';
import type { World } from './world.ts';

/** How many ended calls are remembered. */
const REMEMBERED_CALLS = 20_000;
const REMEMBERED_NAMES = 100_000;

/** Something that is played, or stopped, on a call. */
export interface MediaOperation {
  readonly leg: CallLeg;
  /** As ACS names it in its answer. */
  readonly operationId: string;
}

/** The telephone exchange: every call, every conversation, and what an app may do with them. Knows no wire format. */
export class Exchange {
  readonly desk: ConversationDesk;
  readonly control: CallControl;
  readonly recordings: RecordingDesk;
  readonly incoming: IncomingDesk;
  readonly #world: World;
  readonly #openLegs = new Map<string, CallLeg>();
  readonly #endedLegs = new BoundedMap<CallLeg>(REMEMBERED_CALLS);
  readonly #names = new Counter(REMEMBERED_NAMES);

  constructor(world: World) {
    this.#world = world;
    this.desk = new ConversationDesk(world);
    this.control = new CallControl(world, this);
    this.recordings = new RecordingDesk(world, this);
    this.incoming = new IncomingDesk(world, this);
  }

  /** Calls the targets. */
  place(targets: readonly Identity[], request: LegRequest): CallLeg {
    const whom = targets.map(({ rawId }) => rawId).sort();
    const label = this.#label(`call|${whom.join()}`);
    const leg = this.#add(label, this.desk.create(label), { request, origin: 'placed' });
    leg.place(targets);
    return leg;
  }

  /** Joins a conversation. */
  join(conversationId: string, request: LegRequest): Result<CallLeg> {
    const conversation = this.desk.find(conversationId);
    if (conversation === undefined) return refused('notFound');
    const label = this.#label(`join|${conversationId}`);
    const leg = this.#add(label, conversation, { request, origin: 'joined' });
    leg.join();
    return done(leg);
  }

  /** A leg to a conversation whose other side rings, which is to be answered. */
  attach(conversation: Conversation, request: LegRequest): CallLeg {
    const label = this.#label(`answer|${conversation.label}`);
    return this.#add(label, conversation, { request, origin: 'answered' });
  }

  /** The app's leg leaves. A call that has ended is not there any more. */
  hangUp(callId: string): Result<CallLeg> {
    const leg = this.#open(callId);
    if (leg === undefined) return refused('notFound');
    this.#note(leg, { kind: 'hangUp' });
    leg.end();
    return done(leg);
  }

  /** Ends the call for everybody on it. */
  endForAll(callId: string): Result<CallLeg> {
    const leg = this.#open(callId);
    if (leg === undefined) return refused('notFound');
    this.#note(leg, { kind: 'endForAll' });
    const legs = [...leg.conversation.legs];
    leg.conversation.clear();
    leg.end();
    for (const other of legs) if (other instanceof CallLeg) other.end();
    return done(leg);
  }

  /** Plays to everybody on a connected call. */
  play(callId: string, request: PlayRequest): Result<MediaOperation & { status: JobStatus }> {
    const found = this.connected(callId);
    if (!found.ok) return found;
    return done({ ...this.#operationOn(found.value), status: found.value.player.play(request) });
  }

  /** Stops what plays and what waits to be played. */
  cancelMedia(callId: string, operationContext: string | null): Result<MediaOperation> {
    const found = this.connected(callId);
    if (!found.ok) return found;
    this.#note(found.value, { kind: 'cancelMedia', operationContext });
    found.value.player.cancel();
    return done(this.#operationOn(found.value));
  }

  /** Rings more people into a connected call. */
  invite(callId: string, request: InviteRequest): Result<CallLeg> {
    const found = this.connected(callId);
    if (found.ok) found.value.invite(request);
    return found;
  }

  /** Sends somebody away; of the app's own participant it is a hang up. */
  remove(callId: string, participantId: string): Result<CallLeg> {
    const found = this.connected(callId);
    if (!found.ok) return found;
    const leg = found.value;
    const entry = leg.conversation.roster.find(member => member.participantId === participantId);
    if (entry === undefined) return refused('noParticipant');
    this.#note(leg, { kind: 'remove', who: entry.identity.rawId });
    if (leg.isParticipant(participantId)) leg.end();
    else leg.conversation.leave(participantId);
    return found;
  }

  /** A call that is connected, or why nothing can be done with it. */
  connected(callId: string): Result<CallLeg> {
    const leg = this.#open(callId);
    if (leg === undefined) return refused('notFound');
    return leg.state === 'connected' ? done(leg) : refused('notConnected');
  }

  /** A call that has not ended. */
  open(callId: string): Result<CallLeg> {
    const leg = this.#open(callId);
    return leg === undefined ? refused('notFound') : done(leg);
  }

  /** A call leg, ended ones included while they are remembered. */
  find(callId: string): CallLeg | undefined {
    return this.#openLegs.get(callId) ?? this.#endedLegs.get(callId);
  }

  /** All that are remembered: the ended ones, then those that go on. */
  legs(): CallLeg[] {
    return [...this.#endedLegs.values(), ...this.#openLegs.values()];
  }

  #add(
    label: string,
    conversation: Conversation,
    { request, origin }: { readonly request: LegRequest; readonly origin: LegRef['origin'] },
  ): CallLeg {
    const { streams } = this.#world;
    const ref: LegRef = {
      id: streams.guid(`leg|${label}`),
      label,
      dialect: request.dialect,
      conversationId: conversation.id,
      correlationId: streams.guid(`correlation|${conversation.label}`),
      origin,
    };
    const leg = new CallLeg(this.#world, ref, {
      conversation,
      request,
      ended: () => {
        this.#openLegs.delete(ref.id);
        this.#endedLegs.set(ref.id, leg);
      },
    });
    this.#openLegs.set(ref.id, leg);
    return leg;
  }

  /** The same calls get the same names, whatever other calls there are. */
  #label(what: string): string {
    return `${what}|${this.#names.add(what)}`;
  }

  #operationOn(leg: CallLeg): MediaOperation {
    return { leg, operationId: this.#world.streams.guid(this.#label(`operation|${leg.leg.label}`)) };
  }

  #open(callId: string): CallLeg | undefined {
    const leg = this.#openLegs.get(callId);
    return leg?.state === 'connecting' || leg?.state === 'connected' ? leg : undefined;
  }

  #note(leg: CallLeg, happening: Omit<Happening, 'callId' | 'callbackUri'>): void {
    this.#world.note({ callId: leg.leg.id, callbackUri: leg.request.callbackUri, ...happening });
  }
}
