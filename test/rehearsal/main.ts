import { choiceIn, integerIn, numberIn, runCommand } from '../../local/command-line.ts';
import type { FaultSettingsInput } from '../../local/emulator/faults/fault-settings.ts';
import { ACTING_DIALECTS, type ActingDialect } from '../../shared/actions/dialect-support.ts';
import { audit, waitForEnds } from './audit.ts';
import { formatAudit } from './format-audit.ts';
import { placeCalls } from './place-calls.ts';
import { openStage } from './stage.ts';

const USAGE = `Usage: npm run rehearse -- [options]
  --calls N        calls to place, each to another number (500)
  --numbers N      numbers that they go out from, two calls at a time (50)
  --dialect D      in which they go: ga, or preview-2021-04 (preview-2021-04)
  --seed N         of all chance in the emulator (1)
  --speed N        how many times faster than in life the callees are (10)
  --duplicates P   part of the callbacks that come twice (0.3)
  --reordered P    part of the callbacks that come behind the next (0.2)
  --unclear P      part of the requests that are carried out and answered 500 (0.05)
  --dropped P      part of the requests whose connection breaks, half of them carried out (0.02)
  --throttled P    part of the requests that are answered 429 (0.02)`;

/** A call of which nothing was heard is given up after two minutes; the rest goes on meanwhile. */
const END_TIMEOUT_MS = 10 * 60_000;

/** The option's number where it is a part of all, from 0 to 1. */
function part(name: string, text: string): number {
  return numberIn(text, { name, least: 0, most: 1 });
}

type FaultOption = 'duplicates' | 'reordered' | 'unclear' | 'dropped' | 'throttled';

function faultsFrom(values: Readonly<Record<FaultOption, string>>): FaultSettingsInput {
  const dropped = part('--dropped', values.dropped);
  const [failAfter, throttle] = [part('--unclear', values.unclear), part('--throttled', values.throttled)];
  const [duplicate, reorder] = [
    part('--duplicates', values.duplicates),
    part('--reordered', values.reordered),
  ];
  return {
    requests: { failAfter, dropBefore: dropped / 2, dropAfter: dropped / 2, throttle },
    callbacks: { duplicate, reorder },
  };
}

interface Rehearsal {
  readonly calls: number;
  readonly numbers: number;
  readonly dialect: ActingDialect;
  readonly seed: number;
  readonly speed: number;
  readonly faults: FaultSettingsInput;
}

async function rehearse({ calls, numbers, ...setting }: Rehearsal) {
  console.log(`${calls} calls from ${numbers} numbers in ${setting.dialect}, seed ${setting.seed} …`);
  const { app, emulator, close } = await openStage(setting);
  try {
    const progress = reporter(calls);
    const placed = await placeCalls({
      appUrl: app.url,
      calls,
      numbers,
      progress: count => progress('asked for', count),
    });
    const target = { appUrl: app.url, emulatorUrl: emulator.url, placed, linesPerNumber: 2 };
    await waitForEnds(target, { timeoutMs: END_TIMEOUT_MS, progress: count => progress('ended', count) });
    return await audit(target);
  } finally {
    await close();
  }
}

/** Tells of every tenth part, and of nothing twice. */
function reporter(all: number): (what: string, count: number) => void {
  const startedAt = performance.now();
  let told = '';
  return (what, count) => {
    const line = `${what} ${Math.floor((10 * count) / all) * 10} %`;
    if (line === told) return;
    told = line;
    console.log(`${((performance.now() - startedAt) / 1000).toFixed(0).padStart(4)} s  ${line}`);
  };
}

process.exitCode = await runCommand({
  usage: USAGE,
  options: {
    calls: { type: 'string', default: '500' },
    numbers: { type: 'string', default: '50' },
    dialect: { type: 'string', default: 'preview-2021-04' },
    seed: { type: 'string', default: '1' },
    speed: { type: 'string', default: '10' },
    duplicates: { type: 'string', default: '0.3' },
    reordered: { type: 'string', default: '0.2' },
    unclear: { type: 'string', default: '0.05' },
    dropped: { type: 'string', default: '0.02' },
    throttled: { type: 'string', default: '0.02' },
  },
  async run({ values }) {
    const result = await rehearse({
      calls: integerIn(values.calls, { name: '--calls', least: 1, most: 1_000_000 }),
      numbers: integerIn(values.numbers, { name: '--numbers', least: 1, most: 1_000_000 }),
      dialect: choiceIn(values.dialect, '--dialect', ACTING_DIALECTS),
      seed: integerIn(values.seed, { name: '--seed', least: 0, most: Number.MAX_SAFE_INTEGER }),
      speed: numberIn(values.speed, { name: '--speed', least: 0.01, most: 1000 }),
      faults: faultsFrom(values),
    });
    console.log(`\n${formatAudit(result)}`);
    return result.faults.length === 0 ? 0 : 1;
  },
});
