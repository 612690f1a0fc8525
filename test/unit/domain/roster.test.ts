import { describe, expect, it } from 'vitest';
import type { RosterEntry } from '../../../shared/domain/call-event.ts';
import { addSnapshot, isOnRoster, type Roster } from '../../../shared/domain/roster.ts';
import { atSecond } from '../../support/call-events.ts';

interface Told {
  readonly second: number;
  readonly sequenceNumber?: number;
  readonly fingerprint?: string;
  /** `name` or `name muted`, at the endpoint of that name. */
  readonly names: readonly string[];
}

function rosterOf(...told: readonly Told[]): Roster {
  return told.reduce<Roster>(add, { snapshots: [], members: [] });
}

function add(roster: Roster, { second, sequenceNumber, fingerprint, names }: Told): Roster {
  const snapshot = {
    sequenceNumber: sequenceNumber ?? null,
    at: atSecond(second),
    fingerprint: fingerprint ?? `f${second}`,
  };
  return addSnapshot(roster, snapshot, names.map(entry));
}

function entry(listed: string): RosterEntry {
  const [rawId = '', muted] = listed.split(' ');
  return { rawId, participantId: `${rawId}-1`, isMuted: muted !== undefined };
}

function histories(roster: Roster): Record<string, string> {
  return Object.fromEntries(roster.members.map(({ rawId, history }) => [rawId, history]));
}

describe('addSnapshot', () => {
  it('keeps a character for each member and snapshot', () => {
    const roster = rosterOf(
      { second: 1, names: ['ben'] },
      { second: 2, names: ['ben', 'ann muted'] },
      { second: 3, names: [] },
      { second: 4, names: ['ann'] },
    );

    expect(roster.members).toStrictEqual([
      { rawId: 'ann', participantId: 'ann-1', history: '-m-p' },
      { rawId: 'ben', participantId: 'ben-1', history: 'pp--' },
    ]);
    expect(roster.members.map(isOnRoster)).toEqual([true, false]);
  });

  it('puts a late snapshot into its place', () => {
    const roster = rosterOf(
      { second: 1, names: ['ann'] },
      { second: 3, names: ['ann'] },
      { second: 2, names: ['ben'] },
    );

    expect(roster.snapshots.map(({ at }) => at)).toEqual([1, 2, 3].map(atSecond));
    expect(histories(roster)).toEqual({ ann: 'p-p', ben: '-p-' });
  });

  it('returns the same roster for a snapshot that is there', () => {
    const roster = rosterOf({ second: 1, names: ['ann'] }, { second: 2, names: [] });

    expect(add(roster, { second: 1, names: ['ann'] })).toBe(roster);
  });

  it.each([
    {
      name: 'by sequence number before time',
      told: [
        { second: 5, sequenceNumber: 1, names: ['first'] },
        { second: 4, sequenceNumber: 2, names: ['second'] },
      ],
    },
    {
      name: 'by time where the sequence numbers are equal',
      told: [
        { second: 4, sequenceNumber: 1, names: ['first'] },
        { second: 5, sequenceNumber: 1, names: ['second'] },
      ],
    },
    {
      name: 'by time where there are no sequence numbers',
      told: [
        { second: 4, names: ['first'] },
        { second: 5, names: ['second'] },
      ],
    },
    {
      name: 'by fingerprint at one time',
      told: [
        { second: 4, fingerprint: 'a', names: ['first'] },
        { second: 4, fingerprint: 'b', names: ['second'] },
      ],
    },
    {
      name: 'with those without a number first',
      told: [
        { second: 5, names: ['first'] },
        { second: 4, sequenceNumber: 0, names: ['second'] },
      ],
    },
  ])('orders snapshots $name', ({ told }) => {
    expect(histories(rosterOf(...told))).toEqual({ first: 'p-', second: '-p' });
    expect(rosterOf(...told.toReversed())).toStrictEqual(rosterOf(...told));
  });

  it.each([
    { listed: ['ann', 'ann muted'], history: 'p' },
    { listed: ['ann muted', 'ann'], history: 'p' },
    { listed: ['ann muted', 'ann', 'ann muted'], history: 'p' },
    { listed: ['ann muted', 'ann muted'], history: 'm' },
  ])('shows an endpoint listed as $listed as $history', ({ listed, history }) => {
    expect(histories(rosterOf({ second: 1, names: listed }))).toEqual({ ann: history });
  });

  it('tells apart two endpoints of one identity, and one without an endpoint id', () => {
    const endpoints = ['p2', null, 'p1'].map(participantId => ({
      rawId: 'ann',
      participantId,
      isMuted: false,
    }));
    const snapshot = { sequenceNumber: null, at: atSecond(1), fingerprint: 'f' };

    const roster = addSnapshot({ snapshots: [], members: [] }, snapshot, endpoints);

    expect(roster.members.map(({ participantId }) => participantId)).toEqual([null, 'p1', 'p2']);
  });

  it('keeps snapshots that show nobody', () => {
    expect(rosterOf({ second: 1, names: [] })).toMatchObject({
      snapshots: [{ at: atSecond(1) }],
      members: [],
    });
  });
});
