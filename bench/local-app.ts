import { type ChildProcess, spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { signCallback } from '../shared/http/callback-signature.ts';
import type { Post } from './posts.ts';

const ROOT = resolve(import.meta.dirname, '..');
const SECRET = 'for-the-bench-only';
const START_TIMEOUT_MS = 30_000;

/** The built app under the embedded host. */
export interface LocalApp {
  readonly url: string;
  /** Posts a callback as ACS does. @throws Error for any answer but 200. */
  post(post: Post): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts the host as a process of its own on a free port; its queues are polled every 250 ms at least.
 *
 * @param settings beside those of storage and callbacks.
 */
export async function startLocalApp(
  connectionString: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<LocalApp> {
  const host = spawn(process.execPath, [join('local', 'host', 'main.ts'), '--port', '0'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      AzureWebJobsStorage: connectionString,
      CALLBACK_SECRET: SECRET,
      AzureFunctionsJobHost__extensions__queues__maxPollingInterval: '00:00:00.250',
      ...settings,
    },
  });
  const ended = new Promise<void>(done => host.once('exit', () => done()));
  const stop = async () => {
    host.kill('SIGTERM');
    await ended;
  };
  try {
    const url = await addressOf(host);
    return { url, post: post => postCallback(url, post), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Waits for the line that names the address, and goes on reading: a full pipe would stop the host. */
function addressOf(host: ChildProcess): Promise<string> {
  return new Promise((found, fail) => {
    let output = '';
    const timer = setTimeout(() => fail(new Error(`The host does not start: ${output}`)), START_TIMEOUT_MS);
    host.once('exit', code => fail(new Error(`The host ended with code ${code}: ${output}`)));
    for (const stream of [host.stdout, host.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output = `${output}${text}`.slice(-4_000);
        const url = /Listening on (http:\S+)/.exec(output)?.[1];
        if (url === undefined) return;
        clearTimeout(timer);
        found(url);
      });
    }
  });
}

async function postCallback(url: string, { callKey, elements }: Post): Promise<void> {
  const answer = await fetch(`${url}/api/callbacks/${callKey}?sig=${signCallback(SECRET, callKey)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(elements),
  });
  const body = await answer.text();
  if (answer.status !== 200) throw new Error(`A callback was answered ${answer.status}: ${body}`);
}
