import type { RosterEntry } from './call-event.ts';
import type { EventTime } from './event-time.ts';

/** One snapshot of the roster: its place among the others, and its time. */
export interface Snapshot {
  readonly sequenceNumber: number | null;
  readonly at: EventTime;
  readonly fingerprint: string;
  /** No event told it: ACS was asked who is on the call. */
  readonly isInferred?: true | undefined;
}

/**
 * How one snapshot shows a member: `-` not there, `p` present, `m` muted, `h` on hold, `b` both.
 *
 * One character a snapshot makes a member's history a short text that any late snapshot can be put into, so that the
 * stays come out the same whatever order the snapshots arrived in.
 */
type Presence = '-' | 'p' | 'm' | 'h' | 'b';

/** The presences of somebody who is there; of one who is muted; of one who is on hold. */
export const PRESENT = 'pmhb';
export const MUTED = 'mb';
export const ON_HOLD = 'hb';

/** Somebody who was on the call in at least one snapshot: an identity at one endpoint. */
export interface Member {
  readonly rawId: string;
  readonly participantId: string | null;
  /** As many characters as there are snapshots, oldest first; see {@link Presence}. */
  readonly history: string;
}

/** Who was on the call, in every snapshot that was seen. */
export interface Roster {
  /** Oldest first: by sequence number where the dialect has one, else by event time, else by fingerprint. */
  readonly snapshots: readonly Snapshot[];
  /** Ordered by rawId, then participantId. */
  readonly members: readonly Member[];
}

/** The highest number of the snapshots that are known; null where none has one. */
export function latestNumber({ snapshots }: Roster): number | null {
  let latest: number | null = null;
  for (const { sequenceNumber } of snapshots)
    if (sequenceNumber !== null) latest = Math.max(latest ?? sequenceNumber, sequenceNumber);
  return latest;
}

/** Who is on the call, by the newest snapshot: rawIds, ordered. */
export function presentOn({ members }: Pick<Roster, 'members'>): string[] {
  return members.filter(isOnRoster).map(({ rawId }) => rawId);
}

/** Whether the newest snapshot shows the given ones, muted and held as they are, and nobody else. */
export function showsNow({ members }: Roster, entries: readonly RosterEntry[]): boolean {
  const shown = presences(entries);
  const present = members.filter(isOnRoster);
  return (
    present.length === shown.size &&
    present.every(member => shown.get(memberKey(member))?.presence === member.history.slice(-1))
  );
}

/** Puts a snapshot into its place; one that is there already changes nothing. */
export function addSnapshot(roster: Roster, snapshot: Snapshot, entries: readonly RosterEntry[]): Roster {
  const place = placeOf(roster.snapshots, snapshot);
  if (place === undefined) return roster;
  const shown = presences(entries);
  const members = roster.members.map(member => {
    const presence = shown.get(memberKey(member))?.presence ?? '-';
    return { ...member, history: insertAt(member.history, place, presence) };
  });
  const known = new Set(roster.members.map(memberKey));
  for (const [key, { entry, presence }] of shown) {
    if (known.has(key)) continue;
    const history = insertAt('-'.repeat(roster.snapshots.length), place, presence);
    members.push({ rawId: entry.rawId, participantId: entry.participantId, history });
  }
  if (members.length > roster.members.length) members.sort(byKey);
  return { snapshots: roster.snapshots.toSpliced(place, 0, snapshot), members };
}

/** Identifies a member within its roster. */
export function memberKey(member: Pick<Member, 'rawId' | 'participantId'>): string {
  return `${member.rawId}\n${member.participantId ?? ''}`;
}

/** Whether the newest snapshot shows the member. */
export function isOnRoster(member: Member): boolean {
  return member.history !== '' && !member.history.endsWith('-');
}

/** Undefined when the snapshot is there already. Snapshots mostly come in order, hence the search from the end. */
function placeOf(snapshots: readonly Snapshot[], snapshot: Snapshot): number | undefined {
  let place = snapshots.length;
  for (; place > 0; place--) {
    const before = snapshots[place - 1];
    if (before === undefined) break;
    const order = compareSnapshots(before, snapshot);
    if (order === 0) return undefined;
    if (order < 0) break;
  }
  return place;
}

function compareSnapshots(a: Snapshot, b: Snapshot): number {
  const numbers = (a.sequenceNumber ?? -1) - (b.sequenceNumber ?? -1);
  if (numbers !== 0) return numbers;
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return a.fingerprint < b.fingerprint ? -1 : a.fingerprint > b.fingerprint ? 1 : 0;
}

/** An endpoint listed twice in one snapshot counts as muted, or on hold, only if every listing says so. */
function presences(entries: readonly RosterEntry[]): Map<string, { entry: RosterEntry; presence: Presence }> {
  const shown = new Map<string, { entry: RosterEntry; presence: Presence }>();
  for (const entry of entries) {
    const key = memberKey(entry);
    const before = shown.get(key)?.presence ?? 'b';
    const isMuted = entry.isMuted && MUTED.includes(before);
    const isOnHold = entry.isOnHold === true && ON_HOLD.includes(before);
    shown.set(key, { entry, presence: presenceOf(isMuted, isOnHold) });
  }
  return shown;
}

function presenceOf(isMuted: boolean, isOnHold: boolean): Presence {
  if (isMuted) return isOnHold ? 'b' : 'm';
  return isOnHold ? 'h' : 'p';
}

function insertAt(text: string, place: number, character: Presence): string {
  return text.slice(0, place) + character + text.slice(place);
}

function byKey(a: Member, b: Member): number {
  return memberKey(a) < memberKey(b) ? -1 : 1;
}
