import { beforeAll, describe, expect, it } from 'vitest';
import { type ApiClient, readProblem } from '../support/api-client.ts';
import { freshCallKey, freshCallLegId, freshMoment, stateReached } from '../support/wire-events.ts';

/** An hour apart: a list of one of them, or of a day of them, is easy to ask for. */
const HOUR_MS = 3_600_000;

const STATES = ['Establishing', 'Established', 'Terminating', 'Terminated', 'Established'];

/** Calls are listed by state and time, page by page. */
export function listCases(api: () => ApiClient): void {
  describe('GET /api/calls', () => {
    const start = freshMoment();
    const keys = STATES.map(() => freshCallKey());
    const at = (index: number) => new Date(start.getTime() + index * HOUR_MS).toISOString();
    const window = `from=${at(0)}&to=${at(STATES.length)}`;
    const keysOf = (calls: readonly { readonly callKey: string }[]) =>
      calls.map(({ callKey }) => callKey).filter(callKey => keys.includes(callKey));

    beforeAll(async () => {
      for (const [index, state] of STATES.entries()) {
        const event = stateReached(freshCallLegId(), state, new Date(at(index)));
        await api().deliver(event, keys[index]);
      }
      for (const callKey of keys) await api().call(callKey);
    });

    it('lists what it shows of each call, newest first', async () => {
      const calls = await api().calls(window);

      expect(keysOf(calls)).toEqual(keys.toReversed());
      const last = calls.find(({ callKey }) => callKey === keys[4]);
      const shown = await api().call(keys[4] ?? '');
      expect(shown).toMatchObject(last ?? {});
      expect(last).toMatchObject({ state: 'connected', createdAt: at(4).replace('Z', '0000Z') });
    });

    it.each([
      ['connecting', [0]],
      ['connected', [4, 1]],
      ['disconnecting', [2]],
      ['disconnected', [3]],
      ['open', [4, 2, 1, 0]],
      ['unknown', []],
    ])('lists those that are %s', async (state, expected) => {
      expect(keysOf(await api().calls(`${window}&state=${state}`))).toEqual(
        expected.map(index => keys[index]),
      );
    });

    it.each([
      ['from one moment on', 2, 9, [4, 3, 2]],
      ['up to another, which does not count', -1, 3, [2, 1, 0]],
      ['between two', 1, 2, [1]],
    ])('lists those %s', async (_, from, to, expected) => {
      const calls = await api().calls(`from=${at(from)}&to=${at(to)}`);

      expect(keysOf(calls)).toEqual(expected.map(index => keys[index]));
    });

    it('lists open calls whenever they began, without those that have ended', async () => {
      const open = keysOf(await api().calls('state=open&limit=500'));

      expect(open.toSorted()).toEqual(keys.filter((_, index) => index !== 3).toSorted());
    });

    it('takes a date for its first moment', async () => {
      const day = at(0).slice(0, 10);
      const found = keysOf(await api().calls(`from=${day}&to=${at(1)}`));

      expect(found).toEqual([keys[0]]);
    });

    it.each(['', '&state=connected'])(
      'walks all of them one at a time, with the filter "%s"',
      async filter => {
        const all = await api().calls(`${window}${filter}&limit=500`);
        const oneByOne = await api().calls(`${window}${filter}&limit=1`);

        expect(oneByOne).toEqual(all);
      },
    );

    it.each([
      ['state', 'state=ended'],
      ['from', 'from=yesterday'],
      ['to', 'to=2021-02-30'],
      ['limit', 'limit=0'],
      ['limit', 'limit=501'],
      ['cursor', 'cursor=nonsense'],
    ])('answers 400 and points at %s when asked for ?%s', async (parameter, query) => {
      const response = await api().request(`/api/calls?${query}`);

      expect(response.status).toBe(400);
      expect(await readProblem(response)).toMatchObject({
        type: 'urn:ringback:problem:invalid-query',
        errors: [{ pointer: `?${parameter}` }],
      });
    });

    it('answers 400 to a cursor of other filters', async () => {
      const { nextCursor } = await api().callPage(`${window}&limit=1`);
      const response = await api().request(`/api/calls?state=open&limit=1&cursor=${nextCursor}`);

      expect(nextCursor).toBeTypeOf('string');
      expect(response.status).toBe(400);
      expect((await readProblem(response)).errors?.[0]?.pointer).toBe('?cursor');
    });
  });
}
