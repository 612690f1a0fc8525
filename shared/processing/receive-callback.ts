import type { DialectName } from '../domain/call-event.ts';
import type { BearerTokens } from '../http/bearer-tokens.ts';
import { parseEventsBody } from './parse-events-body.ts';
import { queueSorted, type ReceivePorts, type ReceiveResult } from './queue-sorted.ts';
import { nothingRecognised, type Receipt, sortElements } from './sort-elements.ts';

/** A callback whose URL is known to be authentic. */
export interface Callback extends Receipt {
  readonly body: string;
  /** The header of that name: the token that GA sends. */
  readonly authorization?: string | null;
}

export interface CallbackPorts extends ReceivePorts {
  /** Proves the tokens of GA; without it none is asked for. */
  readonly callbackTokens?: Pick<BearerTokens, 'refusalOf'> | undefined;
}

/** Their callbacks carry no token: the signature in the URL is all that proves them. */
const WITHOUT_TOKEN: ReadonlySet<DialectName> = new Set(['preview-2021-04', 'preview-2021-08']);

/**
 * Takes a callback in: every event that can be recognised is in the queue, or parked with its reason, before the
 * answer says so. A body with nothing that can be recognised is refused and nothing of it is kept; so is one that holds
 * anything but events of the previews and lacks the token, where tokens are asked for.
 */
export async function receiveCallback(ports: CallbackPorts, callback: Callback): Promise<ReceiveResult> {
  const body = parseEventsBody(callback.body);
  if (!body.ok) return body;
  const sorted = sortElements(callback, body);
  if (sorted === undefined) return { ok: false, problem: nothingRecognised(body) };
  if (![...sorted.dialects].every(dialect => WITHOUT_TOKEN.has(dialect))) {
    const refusal = await ports.callbackTokens?.refusalOf(callback.authorization ?? null);
    if (refusal !== undefined) return { ok: false, problem: refusal };
  }
  return queueSorted(ports, callback, sorted);
}
