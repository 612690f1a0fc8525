import { randomUUID } from 'node:crypto';
import { envelope } from '../dialects/event-grid/render-announcement.ts';
import type { EventGridTarget } from './event-grid-sender.ts';

const TIMEOUT_MS = 30_000;
const ORIGIN = 'eventgrid.azure.net';

/** Whether an app lets itself be subscribed, and what it said. */
export interface Handshake {
  readonly ok: boolean;
  /** Undefined where there was no answer. */
  readonly status: number | undefined;
  readonly detail: string;
}

/**
 * Asks an app, as Event Grid does before it subscribes it: with an event whose code is to be given back, or with the
 * `OPTIONS` request of CloudEvents' web hooks. Never rejects.
 */
export async function subscribe(target: EventGridTarget): Promise<Handshake> {
  try {
    return await (target.schema === 'cloudEvents' ? askForOrigin(target) : askForCode(target));
  } catch {
    // The error may tell the URL, which has a key.
    return { ok: false, status: undefined, detail: 'The app does not answer.' };
  }
}

async function askForCode({ url }: EventGridTarget): Promise<Handshake> {
  const validationCode = randomUUID();
  const validationUrl = `https://eventgrid.example.invalid/validate?id=${validationCode}`;
  const type = 'Microsoft.EventGrid.SubscriptionValidationEvent';
  const data = { validationCode, validationUrl };
  const event = { id: randomUUID(), type, subject: '', data };
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'aeg-event-type': 'SubscriptionValidation',
    },
    body: JSON.stringify([envelope(event, { schema: 'eventGrid', atMs: Date.now() })]),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const text = await response.text();
  const isEchoed = text.includes(`"${validationCode}"`) && text.includes('validationResponse');
  const ok = response.status === 200 && isEchoed;
  const detail = ok ? 'The code came back.' : `Expected 200 with the code as validationResponse.`;
  return { ok, status: response.status, detail };
}

async function askForOrigin({ url }: EventGridTarget): Promise<Handshake> {
  const response = await fetch(url, {
    method: 'OPTIONS',
    headers: { 'webhook-request-origin': ORIGIN, 'webhook-request-rate': '120' },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const allowed = response.headers.get('webhook-allowed-origin');
  const ok = allowed === '*' || allowed === ORIGIN;
  const detail = ok
    ? 'The origin is allowed.'
    : 'Expected WebHook-Allowed-Origin to be the origin asked for, or *.';
  return { ok, status: response.status, detail };
}
