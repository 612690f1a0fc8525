import { setTimeout as delay } from 'node:timers/promises';
import type { LogEntry } from '../../local/emulator/log/log-entry.ts';
import { type RunningEmulator, startEmulator } from '../../local/emulator/start-emulator.ts';
import { onFreshAzurite } from '../azurite-case.ts';
import { type LocalApp, startLocalApp } from '../local-app.ts';
import { percentile } from '../percentile.ts';
import type { Measure } from '../reading.ts';

const CALLS = 6;
/** The menu asks ten times at most, and each wrong key makes it ask anew. */
const TRIES = 10;
const TIMEOUT_MS = 30_000;
const LOOK_EVERY_MS = 20;

/** How long a callee who presses a key waits for what the flow does about it, with everything on one machine. */
export const toneToAction: Measure = {
  name: 'tone',

  async run({ progress }) {
    return await onFreshAzurite(async connectionString => {
      const emulator = await startEmulator({ seed: 1, callees: { callees: [] } });
      const app = await startLocalApp(connectionString, {
        ACS_CONNECTION_STRING: emulator.connectionString,
        ACS_SOURCE_USER: '8:acs:resource_app',
        CALLER_ID: '+18335550100',
        LINES_PER_NUMBER: String(CALLS),
      });
      try {
        const tookMs: number[] = [];
        for (let call = 1; call <= CALLS; call++) {
          progress(`call ${call} of ${CALLS}`);
          tookMs.push(...(await pressOnCall(app, emulator, `+1425555010${call}`)));
        }
        return [reading('p50', percentile(tookMs, 0.5), 300), reading('p99', percentile(tookMs, 0.99), 700)];
      } finally {
        await app.stop();
        await emulator.close();
      }
    });
  },
};

function reading(share: string, value: number, atMost: number) {
  return {
    name: `tone sent → next action at ACS, ${share}, idle`,
    unit: 'ms',
    runs: [value],
    bar: { atMost },
  };
}

/** Presses wrong keys on a call of the menu, which cancels its question for each and asks anew. */
async function pressOnCall(app: LocalApp, emulator: RunningEmulator, to: string): Promise<number[]> {
  const prompt = 'https://media.example.com/question.wav?seconds=60';
  const input = {
    question: prompt,
    again: prompt,
    accepted: prompt,
    maxDigits: 1,
    choices: ['1'],
    tries: TRIES,
  };
  const answer = await fetch(`${app.url}/api/calls`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ to, flow: { name: 'interactive-menu', input } }),
  });
  const { callKey } = (await answer.json()) as { readonly callKey: string };
  const tookMs: number[] = [];
  for (let asked = 1; asked < TRIES; asked++) {
    await happened(emulator, { callKey, kind: 'playStarted', count: asked });
    // Long enough for the listener to have fallen back to its longest pause, and not in step with it.
    await delay(600 + Math.random() * 250);
    const body = JSON.stringify({ keys: '2' });
    await fetch(`${emulator.url}/emulator/calls/${callKey}/press`, { method: 'POST', body });
    const pressed = await happened(emulator, { callKey, kind: 'tone', count: asked });
    const cancelled = await happened(emulator, { callKey, kind: 'cancelMedia', count: asked });
    tookMs.push(Date.parse(cancelled.at) - Date.parse(pressed.at));
  }
  return tookMs;
}

/** Waits until something has happened that often on a call, and gives the last time of these. */
async function happened(
  { url }: RunningEmulator,
  { callKey, kind, count }: { readonly callKey: string; readonly kind: string; readonly count: number },
): Promise<LogEntry> {
  const deadlineMs = performance.now() + TIMEOUT_MS;
  for (;;) {
    const answer = await fetch(`${url}/emulator/log?callKey=${callKey}&kind=${kind}`);
    const { items } = (await answer.json()) as { readonly items: readonly LogEntry[] };
    const entry = items[count - 1];
    if (entry !== undefined) return entry;
    if (performance.now() > deadlineMs)
      throw new Error(`On ${callKey} there were ${items.length} of ${kind}.`);
    await delay(LOOK_EVERY_MS);
  }
}
