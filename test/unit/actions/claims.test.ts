import { describe, expect, it } from 'vitest';
import {
  abandoned,
  claimed,
  isInFlight,
  type Ledger,
  nextToSend,
  released,
  waitsUntil,
} from '../../../shared/actions/claims.ts';
import type { Action } from '../../../shared/domain/action.ts';
import { atSecond } from '../../support/call-events.ts';
import { actionOf, claimedDelivery, givenBack } from '../../support/ledgers.ts';

const play = actionOf({ kind: 'playAudio' });
const cancel = actionOf({ kind: 'cancelMedia' });
const hangUp = actionOf({ kind: 'hangUp' });
const placing = actionOf({ kind: 'placeCall' });

const GIVEN = { notBefore: atSecond(30), reason: 'throttled' };

function ledgerOf(
  actions: readonly Action[],
  deliveries: Ledger['deliveries'] = {},
  wireId: string | null = 'leg-1',
): Ledger {
  return { call: { actions, wireId }, deliveries };
}

const skipped = (action: Action): Action => ({ ...action, state: 'skipped', reason: 'r' });
const done = (action: Action): Action => ({ ...action, state: 'done' });

describe('isInFlight', () => {
  it.each([
    ['nobody has claimed', play, {}, false],
    ['somebody has claimed', play, { playAudio: claimedDelivery() }, true],
    ['was given back', play, { playAudio: givenBack() }, false],
    ['is settled', done(play), { playAudio: claimedDelivery() }, false],
    ['was skipped while it was sent', skipped(play), { playAudio: claimedDelivery() }, true],
  ])('tells of an action that %s', (_, action, deliveries, expected) => {
    expect(isInFlight(ledgerOf([action], deliveries), action)).toBe(expected);
  });
});

describe('abandoned', () => {
  it.each([
    { second: 119, found: [] },
    { second: 120, found: ['playAudio'] },
  ])('is $found, $second s after a claim for 120 s', ({ second, found }) => {
    const ledger = ledgerOf([play, cancel], { playAudio: claimedDelivery() });

    expect(abandoned(ledger, atSecond(second)).map(({ actionId }) => actionId)).toEqual(found);
  });

  it('holds nothing that is settled or was given back', () => {
    const deliveries = { playAudio: claimedDelivery(), cancelMedia: givenBack() };

    expect(abandoned(ledgerOf([done(play), cancel], deliveries), atSecond(500))).toEqual([]);
  });
});

describe('nextToSend', () => {
  it.each<{ name: string; ledger: Ledger; next: string | undefined }>([
    { name: 'nothing is planned', ledger: ledgerOf([]), next: undefined },
    { name: 'two are planned', ledger: ledgerOf([play, cancel]), next: 'playAudio' },
    { name: 'the first is done', ledger: ledgerOf([done(play), cancel]), next: 'cancelMedia' },
    {
      name: 'the first failed',
      ledger: ledgerOf([{ ...play, state: 'failed' }, cancel]),
      next: 'cancelMedia',
    },
    {
      name: 'the first is unknown',
      ledger: ledgerOf([{ ...play, state: 'unknown' }, cancel]),
      next: 'cancelMedia',
    },
    { name: 'the first is skipped', ledger: ledgerOf([skipped(play), cancel]), next: 'cancelMedia' },
    {
      name: 'the first is being sent',
      ledger: ledgerOf([play, cancel], { playAudio: claimedDelivery() }),
      next: undefined,
    },
    {
      name: 'the first waits',
      ledger: ledgerOf([play, cancel], { playAudio: givenBack({ notBefore: atSecond(11) }) }),
      next: undefined,
    },
    {
      name: 'the first has waited long enough',
      ledger: ledgerOf([play, cancel], { playAudio: givenBack({ notBefore: atSecond(10) }) }),
      next: 'playAudio',
    },
    {
      name: 'a hang-up is planned behind one that is being sent',
      ledger: ledgerOf([skipped(play), hangUp], { playAudio: claimedDelivery() }),
      next: 'hangUp',
    },
    {
      name: 'the call is to end for all, behind one that waits',
      ledger: ledgerOf([play, actionOf({ kind: 'endForAll' })], {
        playAudio: givenBack({ notBefore: atSecond(11) }),
      }),
      next: 'endForAll',
    },
    {
      name: 'ACS has not told the id of the call',
      ledger: ledgerOf([play, hangUp], {}, null),
      next: undefined,
    },
    {
      name: 'ACS has not told the id of the call, and it is to be placed',
      ledger: ledgerOf([actionOf({ kind: 'placeCall' }), play], {}, null),
      next: 'placeCall',
    },
    {
      name: 'a hang-up is planned behind a placing that is being sent',
      ledger: ledgerOf([placing, hangUp], { placeCall: claimedDelivery() }),
      next: undefined,
    },
    {
      name: 'a hang-up is planned behind a placing that was skipped while it was sent',
      ledger: ledgerOf([skipped(placing), hangUp], { placeCall: claimedDelivery() }),
      next: undefined,
    },
    {
      name: 'a hang-up is planned behind a placing that is done',
      ledger: ledgerOf([done(placing), hangUp], { placeCall: claimedDelivery() }),
      next: 'hangUp',
    },
    {
      name: 'the hang-up waits',
      ledger: ledgerOf([play, hangUp], { hangUp: givenBack({ notBefore: atSecond(11) }) }),
      next: undefined,
    },
    {
      name: 'the hang-up is being sent',
      ledger: ledgerOf([play, hangUp], { playAudio: claimedDelivery(), hangUp: claimedDelivery() }),
      next: undefined,
    },
  ])('is $next when $name', ({ ledger, next }) => {
    expect(nextToSend(ledger, atSecond(10))?.actionId).toBe(next);
  });
});

describe('waitsUntil', () => {
  it.each<{ name: string; ledger: Ledger; until: number | null }>([
    { name: 'nothing is to be done', ledger: ledgerOf([done(play)]), until: null },
    {
      name: 'an action is being sent: to the end of the lease',
      ledger: ledgerOf([play, cancel], { playAudio: claimedDelivery() }),
      until: 120,
    },
    {
      name: 'an action waits',
      ledger: ledgerOf([play], { playAudio: givenBack({ notBefore: atSecond(30) }) }),
      until: 30,
    },
    {
      name: 'a hang-up waits while another is being sent',
      ledger: ledgerOf([skipped(play), hangUp], {
        playAudio: claimedDelivery(),
        hangUp: givenBack({ notBefore: atSecond(5) }),
      }),
      until: 5,
    },
    {
      name: 'a hang-up is being sent, and so is another',
      ledger: ledgerOf([skipped(play), hangUp], {
        playAudio: claimedDelivery({ leaseUntil: atSecond(90) }),
        hangUp: claimedDelivery(),
      }),
      until: 90,
    },
  ])('is $until when $name', ({ ledger, until }) => {
    expect(waitsUntil(ledger)).toBe(until === null ? null : atSecond(until));
  });
});

describe('claimed', () => {
  const claim = { by: 'commit-2', now: atSecond(40), leaseUntil: atSecond(160), callbackUri: 'https://b' };

  it('begins a request when there was none', () => {
    expect(claimed(undefined, claim)).toEqual(
      claimedDelivery({
        claimedBy: 'commit-2',
        firstSentAt: atSecond(40),
        leaseUntil: atSecond(160),
        callbackUri: 'https://b',
      }),
    );
  });

  it.each([
    ['its outcome is unclear', givenBack({ callbackUri: 'https://a' })],
    ['its sender did not come back', claimedDelivery({ callbackUri: 'https://a' })],
  ])('repeats a request, first sent when it was and with the same URI, when %s', (_, delivery) => {
    expect(claimed(delivery, claim)).toEqual(
      claimedDelivery({
        claimedBy: 'commit-2',
        leaseUntil: atSecond(160),
        attempts: 2,
        isRepeat: true,
        callbackUri: 'https://a',
      }),
    );
  });

  it('begins another request when the last was certainly not carried out', () => {
    const delivery = released(claimedDelivery(), { ...GIVEN, wasCarriedOut: 'no' });

    expect(claimed(delivery, claim)).toMatchObject({
      firstSentAt: atSecond(40),
      generation: 2,
      attempts: 2,
      isRepeat: false,
      callbackUri: 'https://b',
    });
  });
});

describe('released', () => {
  it('ends the request when it was not carried out', () => {
    expect(released(claimedDelivery(), { ...GIVEN, wasCarriedOut: 'no' })).toEqual(
      givenBack({ firstSentAt: null, generation: 2, reason: 'throttled' }),
    );
  });

  it('keeps the request when its outcome is unclear', () => {
    expect(released(claimedDelivery(), { ...GIVEN, wasCarriedOut: 'unclear' })).toEqual(
      givenBack({ reason: 'throttled' }),
    );
  });

  it('keeps the request when it was not carried out this time, and may have been before', () => {
    expect(released(claimedDelivery({ isRepeat: true }), { ...GIVEN, wasCarriedOut: 'no' })).toEqual(
      givenBack({ isRepeat: true, reason: 'throttled' }),
    );
  });

  it('tells no more why it was given back once it is claimed again', () => {
    const delivery = released(claimedDelivery(), { ...GIVEN, wasCarriedOut: 'no' });
    const claim = { by: 'commit-2', now: atSecond(40), leaseUntil: atSecond(160), callbackUri: null };

    expect(claimed(delivery, claim)).not.toHaveProperty('reason');
  });
});
