import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { CalleeBookInput } from '../../local/emulator/core/callee-book.ts';
import { type RunningEmulator, startEmulator } from '../../local/emulator/start-emulator.ts';
import { inParallel } from '../in-parallel.ts';
import type { Measure } from '../reading.ts';

const CALLS = 2000;
const CONCURRENCY = 50;
const SPEED = 20;
/** Establishing, Established, the roster, Terminating, Terminated, and a roster without the callee. */
const EVENTS_PER_CALL = 6;

/** Everybody answers, and hangs up five seconds later. */
const CALLEES: CalleeBookInput = {
  callees: [
    { match: '*', script: { pickUp: 'answer', steps: [{ on: 'connected', afterSeconds: 5, do: 'hangUp' }] } },
  ],
};

/** How many calls the ACS emulator starts a second, while it tells of all of them: it is never to be the bottleneck. */
export const emulatorStarts: Measure = {
  name: 'emulator',

  async run({ repeat, progress }) {
    const starts: number[] = [];
    const events: number[] = [];
    for (let round = 1; round <= repeat; round++) {
      progress(`round ${round} of ${repeat}`);
      const { startsPerSecond, eventsPerSecond } = await startCalls(round);
      starts.push(startsPerSecond);
      events.push(eventsPerSecond);
    }
    return [
      {
        name: 'calls/s started by the emulator, callees and callbacks included',
        unit: '',
        runs: starts,
        bar: { atLeast: 100 },
      },
      { name: 'callbacks/s sent by the emulator until the last call has ended', unit: '', runs: events },
    ];
  },
};

async function startCalls(seed: number) {
  const app = await startApp();
  const emulator = await startEmulator({ seed, speed: SPEED, auth: false, callees: CALLEES });
  const agent = new Agent({ keepAlive: true });
  try {
    const startedAtMs = performance.now();
    const numbers = Array.from({ length: CALLS }, (_, index) => `+1425${String(5_550_000 + index)}`);
    await inParallel(numbers, CONCURRENCY, number => place({ emulator, agent, callbacks: app.url }, number));
    const placedMs = performance.now() - startedAtMs;
    while (!(await isOver(emulator))) await delay(50);
    const endedMs = performance.now() - startedAtMs;
    return {
      startsPerSecond: (CALLS * 1000) / placedMs,
      eventsPerSecond: (CALLS * EVENTS_PER_CALL * 1000) / endedMs,
    };
  } finally {
    agent.destroy();
    await emulator.close();
    app.close();
  }
}

interface Sides {
  readonly emulator: RunningEmulator;
  readonly agent: Agent;
  readonly callbacks: string;
}

async function place({ emulator, agent, callbacks }: Sides, number: string): Promise<void> {
  const body = JSON.stringify({
    source: { communicationUser: { id: '8:acs:resource_app' } },
    targets: [{ phoneNumber: { value: number } }],
    sourceAlternateIdentity: { value: '+18335550100' },
    callbackUri: `${callbacks}/${number.slice(1)}`,
    requestedModalities: ['audio'],
    requestedCallEvents: ['participantsUpdated'],
  });
  const url = `${emulator.url}/calling/calls?api-version=2021-05-28-preview2`;
  const headers = { 'content-length': Buffer.byteLength(body) };
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const posted = request(url, { method: 'POST', agent, headers }, response => {
      response.resume().once('end', () => resolve(response.statusCode));
    });
    posted.once('error', reject).end(body);
  });
  if (status !== 201) throw new Error(`A call was answered with ${status}.`);
}

/** Whether every call has ended and every callback was taken. Every number must have been rung once. */
async function isOver({ url }: RunningEmulator): Promise<boolean> {
  const response = await fetch(`${url}/emulator/summary`);
  const { happened, callbacks } = (await response.json()) as {
    happened: Record<string, number>;
    callbacks: Record<string, number>;
  };
  if (happened['ended'] !== CALLS || callbacks['waiting'] !== 0) return false;
  if (happened['ring'] !== CALLS || callbacks['delivered'] !== CALLS * EVENTS_PER_CALL) {
    throw new Error(
      `Of ${CALLS} calls ${happened['ring']} rang, and ${callbacks['delivered']} callbacks were taken.`,
    );
  }
  return true;
}

/** An app that takes everything and does nothing else. */
async function startApp() {
  const server = createServer((incoming, response) => {
    incoming.resume().once('end', () => response.end());
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
