import type { CallReport } from './announcement.ts';
import type { Conversation, Member, MembershipWatch } from './conversation.ts';
import type { Identity } from './identity.ts';
import type { World } from './world.ts';

/** Announces how a conversation goes on, as soon as a user of the resource is on it: of others nothing is told. */
export class CallReports implements MembershipWatch {
  readonly #world: World;
  readonly #announce: NonNullable<World['announce']>;
  readonly #conversation: Pick<Conversation, 'id' | 'label'>;
  #startedBy: Identity | undefined;
  #startedAtMs = 0;
  #people = 0;
  #count = 0;

  private constructor(
    world: World,
    announce: NonNullable<World['announce']>,
    conversation: Pick<Conversation, 'id' | 'label'>,
  ) {
    this.#world = world;
    this.#announce = announce;
    this.#conversation = conversation;
  }

  /** Undefined where nobody would hear of it. */
  static of(world: World, conversation: Pick<Conversation, 'id' | 'label'>): CallReports | undefined {
    const { announce } = world;
    return announce === undefined ? undefined : new CallReports(world, announce, conversation);
  }

  joined({ identity, participantId, person }: Member): void {
    if (person === undefined) return;
    this.#people += 1;
    if (identity.kind !== 'user') return;
    if (this.#startedBy === undefined) {
      this.#startedBy = identity;
      this.#startedAtMs = this.#world.clock.now();
      this.#tell('callStarted', identity, participantId);
    }
    this.#tell('participantAdded', identity, participantId);
  }

  left({ identity, participantId, person }: Member, people: number): void {
    if (person === undefined) return;
    this.#people = people;
    if (this.#startedBy === undefined) return;
    if (identity.kind === 'user') this.#tell('participantRemoved', identity, participantId);
    if (people > 0) return;
    this.#tell('callEnded', identity, participantId);
    this.#startedBy = undefined;
  }

  #tell(type: CallReport['type'], who: Identity, participantId: string): void {
    const { streams, clock } = this.#world;
    const { id, label } = this.#conversation;
    this.#count += 1;
    this.#announce({
      type,
      id: streams.guid(`report|${label}|${this.#count}`),
      atMs: clock.now(),
      conversationId: id,
      correlationId: streams.guid(`correlation|${label}`),
      startedBy: this.#startedBy ?? who,
      who,
      participantId,
      isTwoParty: this.#people <= 2,
      durationSeconds: (clock.now() - this.#startedAtMs) / 1000,
    });
  }
}
