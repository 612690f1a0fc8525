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
  hangUp(): void;
  setMuted(isMuted: boolean): void;
}

/** A call leg of the app on a conversation. */
export interface ConversationLeg {
  rosterChanged(): void;
  toneHeard(key: string): void;
}

interface Member extends RosterEntry {
  readonly person: Person | undefined;
}

/** What people and call legs are on together. */
export class Conversation {
  /** As ACS names it in events: base64url of a URL. */
  readonly id: string;
  /** Names its random streams. */
  readonly label: string;
  readonly legs = new Set<ConversationLeg>();
  readonly #streams: RandomStreams;
  readonly #members = new Map<string, Member>();
  #joins = 0;

  constructor(label: string, streams: RandomStreams) {
    this.label = label;
    this.#streams = streams;
    const url = `https://conversations.example.invalid/${streams.guid(`conversation|${label}`)}`;
    this.id = Buffer.from(url).toString('base64url');
  }

  get roster(): readonly RosterEntry[] {
    return [...this.#members.values()].map(({ identity, participantId, isMuted }) => {
      return { identity, participantId, isMuted };
    });
  }

  /** Somebody comes; gives the id of this stay. */
  join(identity: Identity, person?: Person): string {
    this.#joins += 1;
    const participantId = this.#streams.guid(`participant|${this.label}|${this.#joins}`);
    this.#members.set(participantId, { identity, participantId, isMuted: false, person });
    this.#tellRoster();
    return participantId;
  }

  /** Somebody goes, or is removed. False when they were not on it. */
  leave(participantId: string): boolean {
    const member = this.#members.get(participantId);
    if (member === undefined) return false;
    this.#members.delete(participantId);
    member.person?.dismiss();
    this.#tellRoster();
    return true;
  }

  setMuted(participantId: string, isMuted: boolean): void {
    const member = this.#members.get(participantId);
    if (member === undefined || member.isMuted === isMuted) return;
    this.#members.set(participantId, { ...member, isMuted });
    this.#tellRoster();
  }

  /** Somebody presses a key, and every leg hears it. */
  press(key: string): void {
    for (const leg of [...this.legs]) leg.toneHeard(key);
  }

  /** A prompt begins, and everybody hears it. */
  hearPrompt(): void {
    for (const { person } of [...this.#members.values()]) person?.hearPrompt();
  }

  /** Sends everybody away, without a word to the legs. */
  clear(): void {
    for (const { person } of this.#members.values()) person?.dismiss();
    this.#members.clear();
  }

  /** The people on it, without the app's own legs. */
  get people(): number {
    return [...this.#members.values()].filter(({ person }) => person !== undefined).length;
  }

  /** Who has this raw id, or the first who is no leg of the app where none is named. */
  find(rawId: string | undefined): Person | undefined {
    for (const { identity, person } of this.#members.values()) {
      if (person !== undefined && (rawId === undefined || identity.rawId === rawId)) return person;
    }
    return undefined;
  }

  #tellRoster(): void {
    for (const leg of [...this.legs]) leg.rosterChanged();
  }
}
