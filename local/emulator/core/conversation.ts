import type { Identity } from './identity.ts';
import type { RosterEntry } from './leg-event.ts';
import type { RandomStreams } from './random-streams.ts';

/** Somebody on a conversation who can hear and act; the app's own legs are none. */
export interface Person {
  /** A prompt begins. */
  hearPrompt(): void;
  /** Was removed, or the conversation is over: does nothing more. */
  dismiss(): void;
  /** Presses keys, one after the other. */
  press(keys: string): void;
  say(text: string): void;
  hangUp(): void;
  setMuted(isMuted: boolean): void;
  /** Goes on, on another conversation. */
  moveTo(conversation: Conversation): void;
}

/** A call leg of the app on a conversation. */
export interface ConversationLeg {
  rosterChanged(): void;
  toneHeard(key: string, by: Identity): void;
  speechHeard(text: string, by: Identity): void;
}

/** Somebody on a conversation, and what can be done with them. */
export interface Member extends RosterEntry {
  readonly person: Person | undefined;
}

/** Is told who comes and goes. */
export interface MembershipWatch {
  joined(member: Member): void;
  /** Somebody is not there any more; `people` says how many are, the app's own legs not counted. */
  left(member: Member, people: number): void;
}

/** What people and call legs are on together. */
export class Conversation {
  /** As ACS names it in events: base64url of a URL. */
  readonly id: string;
  /** Names its random streams. */
  readonly label: string;
  readonly legs = new Set<ConversationLeg>();
  readonly #streams: RandomStreams;
  readonly #watch: MembershipWatch | undefined;
  readonly #members = new Map<string, Member>();
  #joins = 0;
  #lastToLeave: Identity | undefined;

  constructor(
    label: string,
    streams: RandomStreams,
    watch?: (conversation: Pick<Conversation, 'id' | 'label'>) => MembershipWatch | undefined,
  ) {
    this.label = label;
    this.#streams = streams;
    const url = `https://conversations.example.invalid/${streams.guid(`conversation|${label}`)}`;
    this.id = Buffer.from(url).toString('base64url');
    this.#watch = watch?.(this);
  }

  get roster(): readonly RosterEntry[] {
    return [...this.#members.values()].map(({ identity, participantId, isMuted, isOnHold }) => {
      return { identity, participantId, isMuted, isOnHold };
    });
  }

  /** Who was the last person to go. */
  get lastToLeave(): Identity | undefined {
    return this.#lastToLeave;
  }

  /** The people on it, without the app's own legs. */
  get people(): number {
    return this.others.length;
  }

  /** Who is on it, without the app's own legs. */
  get others(): readonly Member[] {
    return [...this.#members.values()].filter(({ person }) => person !== undefined);
  }

  /** Somebody comes; gives the id of this stay. */
  join(identity: Identity, person?: Person): string {
    this.#joins += 1;
    const participantId = this.#streams.guid(`participant|${this.label}|${this.#joins}`);
    const member = { identity, participantId, isMuted: false, isOnHold: false, person };
    this.#members.set(participantId, member);
    this.#watch?.joined(member);
    this.#tellRoster();
    return participantId;
  }

  /** Somebody goes, or is removed. False when they were not on it. */
  leave(participantId: string): boolean {
    const member = this.#remove(participantId);
    member?.person?.dismiss();
    if (member !== undefined) this.#tellRoster();
    return member !== undefined;
  }

  /** Somebody goes to another conversation, as they are. */
  move({ participantId, person }: Member, to: Conversation): void {
    if (this.#remove(participantId) === undefined) return;
    this.#tellRoster();
    person?.moveTo(to);
  }

  setMuted(participantId: string, isMuted: boolean): void {
    this.#change(participantId, { isMuted });
  }

  setOnHold(participantId: string, isOnHold: boolean): void {
    this.#change(participantId, { isOnHold });
  }

  /** Somebody presses a key, and every leg hears it. */
  press(key: string, by: Identity): void {
    for (const leg of [...this.legs]) leg.toneHeard(key, by);
  }

  /** Somebody says something, and every leg hears it. */
  say(text: string, by: Identity): void {
    for (const leg of [...this.legs]) leg.speechHeard(text, by);
  }

  /** A prompt begins, and those named hear it; nobody named is everybody. */
  hearPrompt(to: readonly Identity[] = []): void {
    for (const { identity, person } of [...this.#members.values()]) {
      if (to.length === 0 || to.some(({ rawId }) => rawId === identity.rawId)) person?.hearPrompt();
    }
  }

  /** Sends everybody away, without a word to the legs. */
  clear(): void {
    for (const { participantId, person } of [...this.#members.values()]) {
      this.#remove(participantId);
      person?.dismiss();
    }
  }

  /** Whoever has this raw id. */
  memberOf(rawId: string): Member | undefined {
    return [...this.#members.values()].find(({ identity }) => identity.rawId === rawId);
  }

  /** Who has this raw id, or the first who is no leg of the app where none is named. */
  find(rawId: string | undefined): Person | undefined {
    return this.others.find(({ identity }) => rawId === undefined || identity.rawId === rawId)?.person;
  }

  #remove(participantId: string): Member | undefined {
    const member = this.#members.get(participantId);
    if (member === undefined) return undefined;
    this.#members.delete(participantId);
    if (member.person !== undefined) this.#lastToLeave = member.identity;
    this.#watch?.left(member, this.people);
    return member;
  }

  #change(participantId: string, changed: Partial<Pick<Member, 'isMuted' | 'isOnHold'>>): void {
    const member = this.#members.get(participantId);
    if (member === undefined) return;
    const next = { ...member, ...changed };
    if (next.isMuted === member.isMuted && next.isOnHold === member.isOnHold) return;
    this.#members.set(participantId, next);
    this.#tellRoster();
  }

  #tellRoster(): void {
    for (const leg of [...this.legs]) leg.rosterChanged();
  }
}
