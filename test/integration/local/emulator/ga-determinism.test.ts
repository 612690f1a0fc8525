import { describe, expect, it } from 'vitest';
import type { CalleeBookInput } from '../../../../local/emulator/core/callee-book.ts';
import type { FaultSettingsInput } from '../../../../local/emulator/faults/fault-settings.ts';
import { type GaEvent, type GaWorld, LINE, startGaWorld } from '../../../support/emulator/ga-world.ts';
import { pollUntil } from '../../../support/poll-until.ts';

const NUMBERS = Array.from({ length: 8 }, (_, index) => `+1425555${String(1000 + index)}`);

/** Connected, three rosters, and the end. */
const EVENTS_PER_CALL = 5;

const FAULTS: FaultSettingsInput = {
  callbacks: {
    duplicate: 0.3,
    restamp: 0.2,
    reorder: 0.2,
    drop: 0.1,
    batch: 0.2,
    split: 0.5,
    holdMs: 20_000,
  },
  requests: { throttle: 0.3, failAfter: 0.3 },
};

const CALLEES: CalleeBookInput = {
  callees: [
    {
      match: '*',
      script: {
        pickUp: 'answer',
        afterSeconds: [1, 3],
        steps: [
          { on: 'connected', afterSeconds: 4, do: 'mute' },
          { on: 'connected', afterSeconds: 8, do: 'hangUp' },
        ],
      },
    },
  ],
};

async function run(seed: number, numbers: readonly string[]) {
  const world = await startGaWorld({ seed, callees: CALLEES, faults: FAULTS, speed: 40 });
  try {
    const statuses = await Promise.all(numbers.map(number => placeTwice(world, number)));
    await pollUntil('all calls have ended and nothing is held any more', () => isOver(world), 30_000);
    return {
      events: world.events(),
      calls: new Map(
        numbers.map((number, index) => [
          number,
          { statuses: statuses[index], posts: postsTo(world, number) },
        ]),
      ),
    };
  } finally {
    await world.close();
  }
}

async function placeTwice({ acs, callbackUri }: GaWorld, number: string) {
  const answers: unknown[] = [];
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const { status, body, headers } = await acs('POST', '/calling/callConnections', {
      body: {
        targets: [{ phoneNumber: { value: number } }],
        sourceCallerIdNumber: { value: LINE },
        callbackUri: callbackUri(number.slice(1)),
      },
    });
    answers.push([status, (body['error'] as { code: string } | undefined)?.code, headers.get('retry-after')]);
  }
  return answers;
}

/** Everything that was told has come, or was dropped. */
async function isOver({ control, events }: GaWorld): Promise<true | undefined> {
  const { happened, callbacks } = (await control('GET', 'summary')).body as {
    happened: Record<string, number>;
    callbacks: { dropped: number; waiting: number };
  };
  const told = (happened['callPlaced'] ?? 0) * EVENTS_PER_CALL;
  const came = new Set(events().map(({ id }) => id)).size;
  return came + callbacks.dropped === told && callbacks.waiting === 0 ? true : undefined;
}

function postsTo({ receiver }: GaWorld, number: string): Record<string, string[]> {
  const posts = receiver.posts
    .filter(({ path }) => path.includes(`/${number.slice(1)}?`))
    .map(({ events }) => {
      const all = events as unknown as GaEvent[];
      return { source: all[0]?.source ?? '', text: all.map(({ type, id }) => `${type} ${id}`).join(' + ') };
    });
  const byCall = Map.groupBy(posts, ({ source }) => source);
  return Object.fromEntries([...byCall].map(([source, all]) => [source, all.map(({ text }) => text)]));
}

describe('the same seed', () => {
  it('gives each call of GA the same faults, callbacks and ids, whatever other calls there are', async () => {
    const first = await run(5, NUMBERS);
    const again = await run(5, NUMBERS.toReversed());
    const other = await run(6, NUMBERS.slice(0, 3));

    for (const number of NUMBERS) expect(again.calls.get(number)).toEqual(first.calls.get(number));
    for (const [number, call] of other.calls) expect(call).not.toEqual(first.calls.get(number));
    const statuses = [...first.calls.values()].flatMap(call => call.statuses ?? []);
    expect(statuses).toContainEqual([429, 'TooManyRequests', '1']);
    expect(statuses).toContainEqual([500, '8518', null]);
  });

  it('sends an event again with the id that it had, at whatever time', async () => {
    const { events } = await run(5, NUMBERS);

    const byId = [...Map.groupBy(events, ({ id }) => id).values()];
    const restamped = byId.filter(all => new Set(all.map(({ time }) => time)).size > 1);

    expect(byId.length).toBeLessThan(events.length);
    expect(restamped.length).toBeGreaterThan(0);
    for (const all of byId) {
      const withoutTimes = all.map(({ time: _time, ...event }) => event);
      expect(withoutTimes).toEqual(withoutTimes.map(() => withoutTimes[0]));
    }
  });
});
