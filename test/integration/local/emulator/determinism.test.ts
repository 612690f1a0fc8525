import { describe, expect, it } from 'vitest';
import type { CalleeBookInput } from '../../../../local/emulator/core/callee-book.ts';
import type { FaultSettingsInput } from '../../../../local/emulator/faults/fault-settings.ts';
import { inWords } from '../../../support/emulator/callback-receiver.ts';
import {
  createCallBody,
  type EmulatorWorld,
  startEmulatorWorld,
} from '../../../support/emulator/emulator-world.ts';
import { pollUntil } from '../../../support/poll-until.ts';

const NUMBERS = Array.from({ length: 12 }, (_, index) => `+1425555${String(1000 + index)}`);

/** Faults that change what comes, and in which order. */
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
  requests: { throttle: 0.2, failAfter: 0.2 },
};

const CALLEES: CalleeBookInput = {
  callees: [
    {
      match: '*',
      script: {
        pickUp: 'answer',
        afterSeconds: [1, 3],
        steps: [
          { on: 'connected', afterSeconds: 4, press: '1' },
          { on: 'connected', afterSeconds: 8, do: 'mute' },
          { on: 'connected', afterSeconds: 12, do: 'hangUp' },
        ],
      },
    },
  ],
};

/** Two calls to each number; gives the answers, and the POSTs of each call, in their order. */
async function run(seed: number, numbers: readonly string[]) {
  const world = await startEmulatorWorld({ seed, callees: CALLEES, faults: FAULTS, speed: 40 });
  try {
    const statuses = await Promise.all(numbers.map(number => placeTwice(world, number)));
    await pollUntil('all calls have ended and nothing is held any more', () => isOver(world), 30_000);
    return new Map(
      numbers.map((number, index) => [number, { statuses: statuses[index], ...postsTo(world, number) }]),
    );
  } finally {
    await world.close();
  }
}

async function placeTwice({ acs, callbackUri }: EmulatorWorld, number: string): Promise<number[]> {
  const statuses: number[] = [];
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const body = createCallBody(callbackUri(number.slice(1)), number);
    statuses.push((await acs('POST', '/calling/calls', { body })).status);
  }
  return statuses;
}

/** Everything that was told has come, or was dropped: as many as the callees' script makes. */
async function isOver({ control, receiver }: EmulatorWorld): Promise<true | undefined> {
  const { happened, callbacks } = (await control('GET', 'summary')).body as {
    happened: Record<string, number>;
    callbacks: { dropped: number; waiting: number };
  };
  // Four states, three rosters and a tone; an event that comes again is one all the same.
  const told = (happened['callPlaced'] ?? 0) * 8;
  const came = new Set(
    receiver.events().map(({ subject, eventTime }) => `${subject} ${eventTime.slice(0, 23)}`),
  );
  return came.size + callbacks.dropped === told && callbacks.waiting === 0 ? true : undefined;
}

function postsTo({ receiver }: EmulatorWorld, number: string): Record<string, string[]> {
  const posts = receiver.posts
    .filter(({ path }) => path.includes(`/${number.slice(1)}?`))
    .map(({ events }) => ({
      leg: events[0]?.subject.split('/')[1] ?? '',
      text: events.map(event => inWords(event)).join(' + '),
    }));
  const byLeg = Map.groupBy(posts, ({ leg }) => leg);
  return Object.fromEntries([...byLeg].map(([leg, all]) => [leg, all.map(({ text }) => text)]));
}

describe('the same seed', () => {
  it('gives each call the same faults and callbacks, whatever other calls there are and in whatever order', async () => {
    const first = await run(5, NUMBERS);
    const again = await run(5, NUMBERS.toReversed());
    const fewer = await run(5, NUMBERS.slice(0, 3));
    const other = await run(6, NUMBERS.slice(0, 3));

    for (const number of NUMBERS) expect(again.get(number)).toEqual(first.get(number));
    for (const [number, all] of fewer) expect(all).toEqual(first.get(number));
    expect([...other.values()]).not.toEqual([...fewer.values()]);
  });
});
