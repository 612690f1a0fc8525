import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Plugin } from 'esbuild';
import { build } from '../../scripts/build.ts';
import { median } from '../percentile.ts';
import type { Measure } from '../reading.ts';

const ROOT = resolve(import.meta.dirname, '..', '..');
const GIVEN_PACKAGES = join(ROOT, 'bench', 'children', 'given-packages.ts');
/** In place of what loads telemetry: the app as it would be if there were none. */
const NO_TELEMETRY = join(ROOT, 'bench', 'children', 'no-telemetry.ts');
const STARTS = 12;

/**
 * How long a process takes to load the app, against one without telemetry, one that loads the packages alone, and bare
 * Node. No telemetry is configured.
 */
export const startUp: Measure = {
  name: 'start-up',

  async run({ repeat, progress }) {
    const folder = await mkdtemp(join(tmpdir(), 'ringback-bench-'));
    try {
      const packages = join(folder, 'packages', 'index.mjs');
      const bare = join(folder, 'bare.mjs');
      const ours = join(folder, 'ours', 'index.mjs');
      const untold = join(folder, 'untold', 'index.mjs');
      await build(ours);
      await build(untold, { plugins: [withoutTelemetry] });
      await build(packages, { entryPoint: GIVEN_PACKAGES });
      await writeFile(bare, '');
      const rounds: Record<'ours' | 'untold' | 'packages' | 'bare', number>[] = [];
      for (let round = 1; round <= repeat; round++) {
        progress(`round ${round} of ${repeat}`);
        rounds.push(measureRound({ ours, untold, packages, bare }));
      }
      return [
        {
          name: 'start-up ÷ that of the packages alone',
          unit: '',
          runs: rounds.map(times => times.ours / times.packages),
          bar: { atMost: 1.3 },
        },
        {
          name: 'start-up ÷ that without telemetry',
          unit: '',
          runs: rounds.map(times => times.ours / times.untold),
          bar: { atMost: 1.05 },
        },
        {
          name: 'start-up ÷ that of bare Node',
          unit: '',
          runs: rounds.map(times => times.ours / times.bare),
        },
        { name: 'start-up', unit: 'ms', runs: rounds.map(times => times.ours) },
      ];
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

const withoutTelemetry: Plugin = {
  name: 'without telemetry',
  setup: ({ onResolve }) => {
    onResolve({ filter: /\/load-telemetry\.ts$/ }, () => ({ path: NO_TELEMETRY }));
  },
};

/** The medians of twelve starts of each, taking turns, so that whatever else goes on meets all alike. */
function measureRound<Name extends string>(files: Record<Name, string>): Record<Name, number> {
  const names = Object.keys(files) as Name[];
  const times = new Map(names.map(name => [name, [] as number[]]));
  for (let start = 0; start < STARTS; start++) {
    for (const name of names) times.get(name)?.push(timeStart(files[name]));
  }
  return Object.fromEntries(names.map(name => [name, median(times.get(name) ?? [])])) as Record<Name, number>;
}

function timeStart(file: string): number {
  const startedAtMs = performance.now();
  // Outside a Functions host the library says on every call that nothing is registered.
  const { status } = spawnSync(process.execPath, [file], { stdio: 'ignore', cwd: ROOT });
  const elapsedMs = performance.now() - startedAtMs;
  if (status !== 0) throw new Error(`${file} does not start: exit code ${status}.`);
  return elapsedMs;
}
