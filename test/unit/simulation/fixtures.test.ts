import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InputError } from '../../../local/command-line.ts';
import { fixtureFiles, readFixture, type SimulationFixture } from '../../simulation/fixtures.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fixtures-'));
});

afterAll(() => rm(folder, { recursive: true }));

async function committed(): Promise<SimulationFixture> {
  const [name = ''] = fixtureFiles();
  return readFixture(name);
}

/** Reads a file with that content. */
async function readWritten(text: string): Promise<SimulationFixture> {
  const path = join(folder, 'fixture.json');
  await writeFile(path, text);
  return readFixture(path);
}

describe('readFixture', () => {
  it('reads what is written, with all that stands in it', async () => {
    const fixture = await committed();

    expect(await readWritten(JSON.stringify(fixture))).toEqual(fixture);
  });

  it.each(['', 'no JSON', 'null', '[]', '{}', '{"broke":"I1: it"}'])(
    'refuses a file that holds %j',
    async text => {
      await expect(readWritten(text)).rejects.toThrow(InputError);
    },
  );

  it.each([
    'seed',
    'clockSkewsMs',
    'provider',
    'decider',
    'deliveries',
    'faults',
    'sweepEverySeconds',
    'hiddenSeconds',
    'maxDequeueCount',
  ])('names %s where it is missing or is something else', async part => {
    const { broke, scenario } = await committed();

    for (const value of [undefined, 'x']) {
      const text = JSON.stringify({ broke, scenario: { ...scenario, [part]: value } });
      await expect(readWritten(text)).rejects.toThrow(`/scenario/${part}`);
    }
  });

  it('refuses a fault that there is not', async () => {
    const { broke, scenario } = await committed();
    const faults = { exactly: { 'W3 commit events 1': 'crashSometime' } };

    await expect(readWritten(JSON.stringify({ broke, scenario: { ...scenario, faults } }))).rejects.toThrow(
      '/scenario/faults',
    );
  });

  it('tells of a file that is not there', async () => {
    await expect(readFixture(join(folder, 'none.json'))).rejects.toThrow(InputError);
  });
});
