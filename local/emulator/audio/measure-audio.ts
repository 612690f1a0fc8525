import { BoundedMap } from '../core/bounded-map.ts';
import type { Outcome } from '../core/leg-event.ts';
import { OUTCOMES } from '../core/outcomes.ts';
import type { AudioLength } from '../core/world.ts';
import { wavLength } from './wav-length.ts';

const DEFAULT_SECONDS = 3;
const HEAD_BYTES = 65_536;
const FETCH_TIMEOUT_MS = 2000;
const REMEMBERED_FILES = 1000;

/**
 * Finds how long a prompt is. What the URI says itself (`?seconds=2.5`, `?durationMs=2500`, `?fail=8535` or `8536`)
 * holds; else a file on this machine is asked for its head; else it is three seconds. Never throws.
 */
export class AudioMeter {
  readonly #known = new BoundedMap<AudioLength>(REMEMBERED_FILES);

  measure(uri: string, use: (length: AudioLength) => void): void {
    const url = new URL(uri);
    const known = hintedLength(url.searchParams) ?? this.#known.get(uri);
    if (known !== undefined) use(known);
    else if (isOnThisMachine(url)) void this.#fetchLength(url).then(use);
    else use({ ok: true, seconds: DEFAULT_SECONDS });
  }

  async #fetchLength(url: URL): Promise<AudioLength> {
    const length = await fetchLength(url);
    // A file that is not there may be there later.
    if (length.ok) this.#known.set(url.href, length);
    return length;
  }
}

function hintedLength(query: URLSearchParams): AudioLength | undefined {
  const failure = FAILURES.find(({ subcode }) => query.get('fail') === String(subcode));
  if (failure !== undefined) return { ok: false, outcome: failure };
  const seconds = numberIn(query, 'seconds') ?? (numberIn(query, 'durationMs') ?? Number.NaN) / 1000;
  return Number.isNaN(seconds) ? undefined : { ok: true, seconds };
}

const FAILURES: readonly Outcome[] = [OUTCOMES.badFormat, OUTCOMES.noDownload];

function numberIn(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  const value = Number(text);
  return text !== null && text !== '' && value >= 0 && value <= 86_400_000 ? value : undefined;
}

function isOnThisMachine({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && (hostname === '127.0.0.1' || hostname === 'localhost');
}

async function fetchLength(url: URL): Promise<AudioLength> {
  try {
    const signal = AbortSignal.timeout(FETCH_TIMEOUT_MS);
    const response = await fetch(url, { signal, redirect: 'manual' });
    const head = await readHead(response);
    if (!response.ok) return { ok: false, outcome: OUTCOMES.noDownload };
    const size = response.headers.get('content-length');
    const length = wavLength(head, size === null ? undefined : Number(size));
    return length.ok ? length : { ok: false, outcome: OUTCOMES.badFormat };
  } catch {
    // Nobody is there to ask, so the file is as long as any other.
    return { ok: true, seconds: DEFAULT_SECONDS };
  }
}

/** The beginning of the body; the rest is not fetched. */
async function readHead(response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= HEAD_BYTES) break;
  }
  return Buffer.concat(chunks);
}
