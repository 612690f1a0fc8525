import { type Call, endOf } from './call.ts';
import type { EventTime } from './event-time.ts';
import { latest } from './event-time.ts';
import { isOnRoster, type Member, MUTED, ON_HOLD, PRESENT, type Roster } from './roster.ts';

/** One join-to-leave interval; `leftAt` is null while the participant is on the call. */
export interface Stay {
  readonly joinedAt: EventTime;
  readonly leftAt: EventTime | null;
}

/** One interval of being muted; `unmutedAt` is null while it lasts. */
export interface MutedInterval {
  readonly mutedAt: EventTime;
  readonly unmutedAt: EventTime | null;
}

/** One interval of being on hold; `resumedAt` is null while it lasts. */
export interface HeldInterval {
  readonly heldAt: EventTime;
  readonly resumedAt: EventTime | null;
}

/** A participant as a reader of the call sees it. */
export interface Participant {
  readonly rawId: string;
  readonly participantId: string | null;
  /** As last seen. */
  readonly isMuted: boolean;
  /** As last seen; the previews do not tell. */
  readonly isOnHold: boolean;
  readonly present: boolean;
  readonly stays: readonly Stay[];
  readonly mutedIntervals: readonly MutedInterval[];
  readonly heldIntervals: readonly HeldInterval[];
}

/**
 * The participants of a call with their stays: from the snapshot that first shows somebody to the one that no longer
 * does, or to the end of the call. What a snapshot shows after the end starts no stay.
 *
 * A snapshot is all that the previews tell of joining and leaving, so a stay is as exact as the snapshots are close.
 */
export function participantsOf(call: Pick<Call, 'roster' | 'endedAt' | 'lostAt'>): Participant[] {
  return call.roster.members.map(member => participantOf(member, call.roster, endOf(call)));
}

function participantOf(member: Member, roster: Roster, endedAt: EventTime | null): Participant {
  const spans = (shows: string) => intervals(member.history, shows, { roster, endedAt });
  const lastSeen = member.history.replaceAll('-', '').slice(-1);
  return {
    rawId: member.rawId,
    participantId: member.participantId,
    isMuted: lastSeen !== '' && MUTED.includes(lastSeen),
    isOnHold: lastSeen !== '' && ON_HOLD.includes(lastSeen),
    present: endedAt === null && isOnRoster(member),
    stays: spans(PRESENT).map(([joinedAt, leftAt]) => ({ joinedAt, leftAt })),
    mutedIntervals: spans(MUTED).map(([mutedAt, unmutedAt]) => ({ mutedAt, unmutedAt })),
    heldIntervals: spans(ON_HOLD).map(([heldAt, resumedAt]) => ({ heldAt, resumedAt })),
  };
}

type Interval = [from: EventTime, to: EventTime | null];

function intervals(
  history: string,
  shows: string,
  { roster, endedAt }: { readonly roster: Roster; readonly endedAt: EventTime | null },
): Interval[] {
  const found: Interval[] = [];
  let from: EventTime | null = null;
  let now: EventTime | null = null;
  for (const [index, snapshot] of roster.snapshots.entries()) {
    // Sequence numbers order snapshots whatever their times say; intervals must not run backwards for that.
    now = latest(now, snapshot.at);
    const on = shows.includes(history.charAt(index));
    if (on && from === null) from = now;
    if (!on && from !== null) {
      found.push([from, now]);
      from = null;
    }
  }
  if (from !== null) found.push([from, null]);
  return endedAt === null ? found : clip(found, endedAt);
}

function clip(found: readonly Interval[], endedAt: EventTime): Interval[] {
  return found
    .filter(([from]) => from < endedAt)
    .map(([from, to]) => [from, to !== null && to < endedAt ? to : endedAt]);
}
