import type { RunningEmulator } from '../../../local/emulator/start-emulator.ts';
import { signatureHeaders } from './sign-request.ts';

/** An answer of the emulator. */
export interface AcsAnswer {
  readonly status: number;
  readonly headers: Headers;
  // Each test says what it expects of it.
  readonly body: Record<string, unknown>;
}

/** What is unusual about a request. */
export interface RequestOptions {
  readonly body?: unknown;
  /** Null leaves it out. */
  readonly apiVersion?: string | null;
  readonly accessKey?: string;
  readonly date?: Date;
  /** False sends no signature. */
  readonly signed?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends requests as an app would, signed with the key of the connection string. */
export function acsClient({ url: base, connectionString }: RunningEmulator) {
  const key = /accesskey=(.+)$/.exec(connectionString)?.[1] ?? '';
  return async (method: string, path: string, options: RequestOptions = {}): Promise<AcsAnswer> => {
    const { apiVersion = '2021-05-28-preview2', accessKey = key, signed = true, date } = options;
    const url = new URL(path, base);
    if (apiVersion !== null) url.searchParams.set('api-version', apiVersion);
    const body = bodyText(options.body);
    const toSign = { method, url, body, accessKey, ...(date === undefined ? {} : { date }) };
    const response = await fetch(url, {
      method,
      headers: { ...(signed ? signatureHeaders(toSign) : {}), ...options.headers },
      ...(method === 'GET' ? {} : { body }),
    });
    return answerOf(response);
  };
}

/** Asks the emulator itself. */
export function controlClient({ url }: RunningEmulator) {
  return async (method: string, path: string, body?: unknown): Promise<AcsAnswer> => {
    const request = body === undefined ? { method } : { method, body: bodyText(body) };
    return answerOf(await fetch(`${url}/emulator/${path}`, request));
  };
}

async function answerOf(response: Response): Promise<AcsAnswer> {
  const text = await response.text();
  const body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
  return { status: response.status, headers: response.headers, body };
}

/** Text goes as it is, so that a test can send what is no JSON. */
function bodyText(body: unknown): string {
  if (body === undefined) return '';
  return typeof body === 'string' ? body : JSON.stringify(body);
}
