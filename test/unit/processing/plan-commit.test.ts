import { describe, expect, it } from 'vitest';
import type { CallEvent } from '../../../shared/domain/call-event.ts';
import { planCommit } from '../../../shared/processing/plan-commit.ts';
import { type CommitPlan, ROWS_PER_COMMIT } from '../../../shared/store/commit-plan.ts';
import type { CachedHead } from '../../../shared/store/head-cache.ts';
import { HEAD_ROW, journalRow } from '../../../shared/store/keys.ts';
import { connected, tone } from '../../support/acting.ts';
import { eventsOf, nineElements, rosterOf } from '../../support/call-elements.ts';
import { atSecond, CALL_KEY } from '../../support/call-events.ts';
import { deciderOf, draft } from '../../support/deciders.ts';
import { claimedDelivery, givenBack } from '../../support/ledgers.ts';
import { plannerOf } from '../../support/planner.ts';

const NINE = eventsOf(nineElements());

const plan = plannerOf({ now: () => Date.parse(atSecond(700)) });

function planOf(before: CachedHead | undefined, events: readonly CallEvent[]): CommitPlan {
  const planned = plan(CALL_KEY, before, { events });
  if (planned === undefined) throw new Error('There is nothing to record.');
  return planned;
}

function cachedAfter(plan: CommitPlan) {
  return { etag: 'etag-1', head: plan.head, index: { isComplete: true } };
}

function kindsOf({ writes }: CommitPlan): string[] {
  return writes.map(({ kind, rowKey }) => `${kind} ${rowKey.slice(0, 2)}`);
}

describe('planCommit', () => {
  it('creates the head, then a journal row for each event, then participants, when the call is new', () => {
    const plan = planOf(undefined, NINE.slice(0, 3));

    expect(kindsOf(plan)).toEqual(['create !', 'create j~', 'create j~', 'create j~', 'upsert p~']);
    expect(plan.writes.slice(1, 4).map(({ rowKey }) => rowKey)).toEqual(
      NINE.slice(0, 3).map(event => journalRow(event.fingerprint)),
    );
    expect(plan.facts).toEqual({ dated: true, opened: true, bound: true, ended: false });
    expect(plan.head).toMatchObject({ journalCount: 3, projectionPending: false });
  });

  it('replaces the head under its ETag when the call is known, and goes on counting', () => {
    const before = planOf(undefined, NINE.slice(0, 3));

    const plan = planOf(cachedAfter(before), NINE.slice(3, 5));

    expect(plan.writes[0]).toMatchObject({ kind: 'replace', rowKey: HEAD_ROW, etag: 'etag-1' });
    expect(plan.writes.slice(1).map(write => ('values' in write ? write.values['n'] : undefined))).toEqual([
      4, 5,
    ]);
    expect(plan.facts).toEqual({ dated: false, opened: false, bound: false, ended: false });
  });

  it.each([
    ['ga', true],
    ['preview-2021-04', false],
  ] as const)('finds a call of %s by its server call once that is known: %j', (dialect, bound) => {
    const [connecting, connected] = NINE.slice(0, 2).map(event => ({ ...event, dialect }));
    if (connecting === undefined || connected === undefined) throw new Error('There are nine.');
    const before = planOf(undefined, [connecting]);

    const plan = planOf(cachedAfter(before), [connected]);

    expect(plan.head.call.conversation).not.toBeNull();
    expect(plan.facts.bound).toBe(bound);
    expect(planOf(cachedAfter(plan), NINE.slice(2, 3)).facts.bound).toBe(false);
  });

  it('writes only the participants that changed', () => {
    const before = planOf(undefined, NINE.slice(0, 3));

    const plan = planOf(cachedAfter(before), NINE.slice(6, 7));

    expect(kindsOf(plan)).toEqual(['replace !', 'create j~', 'upsert p~']);
  });

  it('says once that the call has ended, and writes who left with it', () => {
    const before = planOf(undefined, NINE.slice(0, 7));

    const end = planOf(cachedAfter(before), NINE.slice(8));
    const after = planOf(cachedAfter(end), NINE.slice(7, 8));

    expect(end.facts.ended).toBe(true);
    expect(kindsOf(end)).toEqual(['replace !', 'create j~', 'upsert p~', 'upsert p~']);
    expect(after.facts.ended).toBe(false);
    expect(kindsOf(after)).toEqual(['replace !', 'create j~']);
  });

  it('asks for another place in the index when an earlier event comes late', () => {
    const before = planOf(undefined, NINE.slice(1, 2));

    const plan = planOf(cachedAfter(before), NINE.slice(0, 1));

    expect(plan.facts).toEqual({ dated: true, opened: false, bound: false, ended: false });
    expect(plan.head.call.createdAt).toBe(NINE[0]?.at);
  });

  it('leaves the participants for later, all of them, when they do not fit', () => {
    const fits = planOf(undefined, eventsOf([rosterOf(ROWS_PER_COMMIT - 2, 1)]));
    const doesNot = planOf(undefined, eventsOf([rosterOf(ROWS_PER_COMMIT - 1, 1)]));

    expect(fits.writes).toHaveLength(ROWS_PER_COMMIT);
    expect(fits.head.projectionPending).toBe(false);
    expect(kindsOf(doesNot)).toEqual(['create !', 'create j~']);
    expect(doesNot.head.projectionPending).toBe(true);
  });

  it('keeps the mark of participants that are still to be written', () => {
    const before = planOf(undefined, eventsOf([rosterOf(350, 1)]));

    const plan = planOf(cachedAfter(before), NINE.slice(4, 5));

    expect(plan.head.projectionPending).toBe(true);
  });

  it('claims the next action for as long as it is told', () => {
    const planned = planCommit(
      undefined,
      { events: [connected] },
      {
        callKey: CALL_KEY,
        decider: deciderOf({ connected: { actions: [draft('playAudio')] } }),
        policyOf: () => 'atMostOnce',
        now: atSecond(700),
        commitId: 'commit-1',
        leaseMs: 5_000,
      },
    );

    expect(planned?.head.deliveries[planned.claimed?.actionId ?? '']?.leaseUntil).toBe(atSecond(705));
  });

  it.each([
    ['takes an action back from whoever holds its claim', 'commit-1', { claimedBy: null }],
    ['leaves a claim alone that another holds by now', 'commit-0', { claimedBy: 'commit-1' }],
  ])('%s', (_, claimedBy, kept) => {
    const before = planOf(undefined, [connected]);
    const head = { ...before.head, deliveries: { play: claimedDelivery({ claimedBy: 'commit-1' }) } };
    const releases = { play: { claimedBy, delivery: givenBack() } };

    const planned = plan(CALL_KEY, { ...cachedAfter(before), head }, { events: [tone(1)], releases });

    expect(planned?.head.deliveries['play']).toMatchObject(kept);
  });

  it('fires no timer that another cancels which is due with it', () => {
    const clock = { now: () => Date.parse(atSecond(0)) };
    const decider = deciderOf({
      connected: {
        arm: [
          { timerId: 'first', afterMs: 1_000 },
          { timerId: 'second', afterMs: 2_000 },
        ],
      },
      'timer:first#1': { cancel: ['second'] },
    });
    const armed = plannerOf(clock, { decider })(CALL_KEY, undefined, { events: [connected] });
    if (armed === undefined) throw new Error('There is nothing to record.');

    const later = { now: () => clock.now() + 86_400_000 };
    const fired = plannerOf(later, { decider })(CALL_KEY, cachedAfter(armed), { events: [] });

    expect(fired?.head.call.timers.map(({ timerId, state }) => `${timerId} ${state}`).toSorted()).toEqual([
      'first fired',
      'second cancelled',
    ]);
    expect(fired?.head.journalCount).toBe(2);
  });

  it('plans nothing for no event on a call that is not known', () => {
    expect(plan(CALL_KEY, undefined, { events: [] })).toBeUndefined();
  });
});
