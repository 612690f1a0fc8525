import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CallEvent } from '../../../shared/domain/call-event.ts';
import { batches, CallMailboxes } from '../../../shared/processing/call-mailboxes.ts';
import type { CommitRequest } from '../../../shared/store/commit-plan.ts';
import { eventsOf } from '../../support/call-elements.ts';
import { atSecond } from '../../support/call-events.ts';
import { refusal, unavailable } from '../../support/faults.ts';
import { givenBack } from '../../support/ledgers.ts';
import { dtmfReceived } from '../../support/preview-2021-04-elements.ts';

function tones(count: number): CallEvent[] {
  return eventsOf(Array.from({ length: count }, (_, index) => dtmfReceived(index, 'Tone1', atSecond(index))));
}

interface Commit {
  readonly callKey: string;
  readonly events: readonly CallEvent[];
  onRecorded(): void;
  resolve(): void;
  reject(error: unknown): void;
}

/** Mailboxes whose commits a test settles by hand; a commit resolves with how many events it had. */
function startMailboxes() {
  const commits: Commit[] = [];
  const mailboxes = new CallMailboxes<number>((callKey, { events }, onRecorded) => {
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    commits.push({ callKey, events, onRecorded, resolve: () => resolve(events.length), reject });
    return promise;
  });
  return { commits, mailboxes };
}

/** Lets everything run that waits for nothing but its turn. */
async function settle(): Promise<void> {
  await new Promise(resolve => setImmediate(resolve));
}

describe('CallMailboxes', () => {
  it('commits together what is submitted together', async () => {
    const { commits, mailboxes } = startMailboxes();
    const submitted = tones(10).map(event => mailboxes.submit('c1', { events: [event] }));
    await settle();

    expect(commits.map(({ events }) => events)).toEqual([tones(10)]);

    commits[0]?.resolve();
    expect(await Promise.all(submitted)).toEqual(Array.from({ length: 10 }, () => 10));
  });

  it('keeps the word that the call has a line, whatever it is committed with', async () => {
    const requests: CommitRequest[] = [];
    const mailboxes = new CallMailboxes<void>(async (_, request) => void requests.push(request));

    await Promise.all([
      mailboxes.submit('c1', { events: tones(1) }),
      mailboxes.submit('c1', { events: [], hasLine: true }),
      mailboxes.submit('c1', { events: [], hasLine: false }),
    ]);

    expect(requests).toEqual([{ events: tones(1), hasLine: true }]);
  });

  it('gives back every action that its letters give back', async () => {
    const requests: CommitRequest[] = [];
    const mailboxes = new CallMailboxes<void>(async (_, request) => void requests.push(request));
    const release = (claimedBy: string) => ({ claimedBy, delivery: givenBack() });

    await Promise.all([
      mailboxes.submit('c1', { events: tones(1), releases: { play: release('commit-1') } }),
      mailboxes.submit('c1', { events: [] }),
      mailboxes.submit('c1', {
        events: [],
        releases: { hangUp: release('commit-2'), cancel: release('commit-3') },
      }),
    ]);

    expect(requests.map(({ releases }) => releases)).toEqual([
      { play: release('commit-1'), hangUp: release('commit-2'), cancel: release('commit-3') },
    ]);
  });

  it('keeps under which claims sends were refused', async () => {
    const requests: CommitRequest[] = [];
    const mailboxes = new CallMailboxes<void>(async (_, request) => void requests.push(request));

    await Promise.all([
      mailboxes.submit('c1', { events: [], refusals: { claim1: 'a' } }),
      mailboxes.submit('c1', { events: [], refusals: { claim2: 'b' } }),
    ]);

    expect(requests).toEqual([{ events: [], refusals: { claim1: 'a', claim2: 'b' } }]);
  });

  it('tells of every alarm that rang', async () => {
    const requests: CommitRequest[] = [];
    const mailboxes = new CallMailboxes<void>(async (_, request) => void requests.push(request));

    await Promise.all([
      mailboxes.submit('c1', { events: [], rang: [atSecond(1)] }),
      mailboxes.submit('c1', { events: tones(1) }),
      mailboxes.submit('c1', { events: [], rang: [atSecond(2)] }),
    ]);

    expect(requests).toEqual([{ events: tones(1), rang: [atSecond(1), atSecond(2)] }]);
  });

  it('commits together what comes while a commit is under way, after it', async () => {
    const { commits, mailboxes } = startMailboxes();
    const all = tones(20);
    const submitted = all.slice(0, 1).map(event => mailboxes.submit('c1', { events: [event] }));
    await settle();
    submitted.push(...all.slice(1).map(event => mailboxes.submit('c1', { events: [event] })));
    await settle();
    expect(commits).toHaveLength(1);

    commits[0]?.resolve();
    await settle();

    expect(commits.map(({ events }) => events.length)).toEqual([1, 19]);
    commits[1]?.resolve();
    await Promise.all(submitted);
  });

  it('commits what comes behind a commit that is recorded and has still to write something else', async () => {
    const { commits, mailboxes } = startMailboxes();
    const [first, second] = tones(2).map(event => ({ events: [event] }));
    const slow = mailboxes.submit('c1', first ?? { events: [] });
    await settle();
    const next = mailboxes.submit('c1', second ?? { events: [] });
    commits[0]?.onRecorded();
    await settle();

    commits[1]?.resolve();
    expect(await next).toBe(1);
    commits[0]?.reject(unavailable());

    await expect(slow).rejects.toThrow('503');
  });

  it('tries none alone of what is recorded, whatever is refused then', async () => {
    const { commits, mailboxes } = startMailboxes();
    const submitted = Promise.allSettled(tones(2).map(event => mailboxes.submit('c1', { events: [event] })));
    await settle();
    const error = refusal();
    commits[0]?.onRecorded();

    commits[0]?.reject(error);

    expect(await submitted).toEqual(Array.from({ length: 2 }, () => ({ status: 'rejected', reason: error })));
    expect(commits).toHaveLength(1);
  });

  it('commits different calls at the same time', async () => {
    const { commits, mailboxes } = startMailboxes();
    const submitted = ['c1', 'c2', 'c1'].map(callKey => mailboxes.submit(callKey, { events: tones(1) }));
    await settle();

    expect(commits.map(({ callKey }) => callKey)).toEqual(['c1', 'c2']);

    for (const commit of commits) commit.resolve();
    expect(await Promise.all(submitted)).toEqual([2, 1, 2]);
  });

  it('never has two commits of one call under way, nor more than 30 events in one, and keeps their order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 30 }),
        async sizes => {
          let underWay = 0;
          const committed: CallEvent[] = [];
          const mailboxes = new CallMailboxes<void>(async (_, { events }) => {
            underWay += 1;
            expect(underWay).toBe(1);
            expect(events.length).toBeLessThanOrEqual(30);
            committed.push(...events);
            await settle();
            underWay -= 1;
          });
          const all = tones(sizes.reduce((sum, size) => sum + size, 0));
          let from = 0;
          const letters = sizes.map(size => {
            from += size;
            return all.slice(from - size, from);
          });

          await Promise.all(letters.map(letter => mailboxes.submit('c1', { events: letter })));

          expect(committed).toEqual(all);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('rejects every delivery of a batch that failed for the moment, and tries none of them alone', async () => {
    const { commits, mailboxes } = startMailboxes();
    const submitted = Promise.allSettled(tones(5).map(event => mailboxes.submit('c1', { events: [event] })));
    await settle();
    const error = unavailable();

    commits[0]?.reject(error);

    expect(await submitted).toEqual(Array.from({ length: 5 }, () => ({ status: 'rejected', reason: error })));
    expect(commits).toHaveLength(1);
  });

  it.each([
    ['for the moment', unavailable()],
    ['for good', refusal()],
    ['by a bug', new TypeError('a bug')],
  ])('commits what waited behind a batch that failed %s', async (_, error) => {
    const { commits, mailboxes } = startMailboxes();
    const failing = mailboxes.submit('c1', { events: tones(1) });
    await settle();
    const behind = mailboxes.submit('c1', { events: tones(2) });

    commits[0]?.reject(error);
    await expect(failing).rejects.toBe(error);
    await settle();
    commits[1]?.resolve();

    expect(await behind).toBe(2);
  });

  it('rejects only the delivery that is refused for good', async () => {
    const [bad, ...good] = tones(5);
    const error = refusal();
    const mailboxes = new CallMailboxes<string>(async (_, { events }) => {
      if (events.some(event => event.fingerprint === bad?.fingerprint)) throw error;
      return 'recorded';
    });

    const settled = await Promise.allSettled(
      [good[0], bad, ...good.slice(1)].map(event =>
        mailboxes.submit('c1', { events: event === undefined ? [] : [event] }),
      ),
    );

    const recorded = { status: 'fulfilled', value: 'recorded' };
    expect(settled).toEqual([recorded, { status: 'rejected', reason: error }, recorded, recorded, recorded]);
  });

  it('rejects with errors of the program too, and works on afterwards', async () => {
    const { commits, mailboxes } = startMailboxes();
    const failing = mailboxes.submit('c1', { events: tones(1) });
    await settle();
    commits[0]?.reject(new TypeError('a bug'));
    await expect(failing).rejects.toThrow('a bug');

    const working = mailboxes.submit('c1', { events: tones(2) });
    await settle();
    commits[1]?.resolve();

    expect(await working).toBe(2);
  });
});

describe('batches', () => {
  it.each([
    { count: 0, sizes: [] },
    { count: 1, sizes: [1] },
    { count: 30, sizes: [30] },
    { count: 31, sizes: [30, 1] },
    { count: 95, sizes: [30, 30, 30, 5] },
  ])('splits $count events into $sizes, in order', ({ count, sizes }) => {
    const parts = batches(tones(count));

    expect(parts.map(part => part.length)).toEqual(sizes);
    expect(parts.flat()).toEqual(tones(count));
  });
});
