import { describe, expect, it } from 'vitest';
import type { Roster } from '../../../shared/domain/roster.ts';
import { participantsOf } from '../../../shared/domain/stays.ts';
import { atSecond } from '../../support/call-events.ts';

/** A roster with a snapshot for each second, in the order given, and one member with that history. */
function rosterWith(history: string, seconds: readonly number[]): Roster {
  return {
    snapshots: seconds.map((second, index) => ({
      sequenceNumber: index,
      at: atSecond(second),
      fingerprint: `f${index}`,
    })),
    members: [{ rawId: 'ann', participantId: 'p1', history }],
  };
}

type Span = readonly [from: number, to: number | null];

const timesOf = ([from, to]: Span) => [atSecond(from), to === null ? null : atSecond(to)];

describe('participantsOf', () => {
  it.each<{
    readonly name: string;
    readonly history: string;
    readonly seconds: readonly number[];
    readonly endedAt?: number;
    readonly present: boolean;
    readonly isMuted?: boolean;
    readonly stays: readonly Span[];
    readonly muted?: readonly Span[];
    readonly isOnHold?: boolean;
    readonly held?: readonly Span[];
  }>([
    { name: 'is there', history: 'p', seconds: [1], present: true, stays: [[1, null]] },
    { name: 'came later', history: '-pp', seconds: [1, 2, 3], present: true, stays: [[2, null]] },
    { name: 'left', history: 'pp-', seconds: [1, 2, 3], present: false, stays: [[1, 3]] },
    {
      name: 'left and came back',
      history: 'p-p-p',
      seconds: [1, 2, 3, 4, 5],
      present: true,
      stays: [
        [1, 2],
        [3, 4],
        [5, null],
      ],
    },
    {
      name: 'is muted',
      history: 'pm',
      seconds: [1, 2],
      present: true,
      isMuted: true,
      stays: [[1, null]],
      muted: [[2, null]],
    },
    {
      name: 'was muted for a while',
      history: 'pmmp',
      seconds: [1, 2, 3, 4],
      present: true,
      stays: [[1, null]],
      muted: [[2, 4]],
    },
    {
      name: 'left muted',
      history: 'm-',
      seconds: [1, 2],
      present: false,
      isMuted: true,
      stays: [[1, 2]],
      muted: [[1, 2]],
    },
    {
      name: 'is on hold',
      history: 'ph',
      seconds: [1, 2],
      present: true,
      isOnHold: true,
      stays: [[1, null]],
      held: [[2, null]],
    },
    {
      name: 'was on hold for a while, muted for a part of it',
      history: 'phbmp',
      seconds: [1, 2, 3, 4, 5],
      present: true,
      stays: [[1, null]],
      muted: [[3, 5]],
      held: [[2, 4]],
    },
    {
      name: 'was there to the end of the call',
      history: 'mp',
      seconds: [1, 2],
      endedAt: 9,
      present: false,
      stays: [[1, 9]],
      muted: [[1, 2]],
    },
    {
      name: 'left after the end, as far as snapshots tell',
      history: 'p-',
      seconds: [1, 12],
      endedAt: 9,
      present: false,
      stays: [[1, 9]],
    },
    {
      name: 'left before the end',
      history: 'p-',
      seconds: [1, 8],
      endedAt: 9,
      present: false,
      stays: [[1, 8]],
    },
    {
      name: 'shows up only after the end',
      history: '-p',
      seconds: [1, 12],
      endedAt: 9,
      present: false,
      stays: [],
    },
    { name: 'shows up at the end', history: 'p', seconds: [9], endedAt: 9, present: false, stays: [] },
    {
      name: 'is in snapshots whose numbers contradict their times',
      history: 'p-mp',
      seconds: [5, 6, 2, 3],
      present: true,
      stays: [
        [5, 6],
        [6, null],
      ],
      muted: [[6, 6]],
    },
    {
      name: 'left, by number, before the time of joining',
      history: 'p-',
      seconds: [5, 3],
      present: false,
      stays: [[5, 5]],
    },
  ])('tells when somebody $name', row => {
    const {
      history,
      seconds,
      endedAt,
      present,
      isMuted = false,
      isOnHold = false,
      stays,
      muted = [],
      held = [],
    } = row;
    const call = {
      roster: rosterWith(history, seconds),
      endedAt: endedAt === undefined ? null : atSecond(endedAt),
      lostAt: null,
    };

    expect(participantsOf(call)).toStrictEqual([
      {
        rawId: 'ann',
        participantId: 'p1',
        isMuted,
        isOnHold,
        present,
        stays: stays.map(timesOf).map(([joinedAt, leftAt]) => ({ joinedAt, leftAt })),
        mutedIntervals: muted.map(timesOf).map(([mutedAt, unmutedAt]) => ({ mutedAt, unmutedAt })),
        heldIntervals: held.map(timesOf).map(([heldAt, resumedAt]) => ({ heldAt, resumedAt })),
      },
    ]);
  });

  it('knows nobody without a snapshot', () => {
    expect(participantsOf({ roster: { snapshots: [], members: [] }, endedAt: null, lostAt: null })).toEqual(
      [],
    );
  });
});
