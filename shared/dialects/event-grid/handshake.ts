import { eventGridData, eventGridType } from './event-grid.ts';

const VALIDATION = 'microsoft.eventgrid.subscriptionvalidationevent';
const DELETION = 'microsoft.eventgrid.subscriptiondeletedevent';

/**
 * The answer to a delivery that is about the subscription itself; undefined for one that brings events. In its own
 * schema Event Grid proves an address by a code that it wants back, in an answer of 200 and no other.
 *
 * @see https://learn.microsoft.com/azure/event-grid/end-point-validation-event-grid-events-schema
 */
export function subscriptionAnswer(
  elements: readonly unknown[],
): { readonly validationResponse?: string } | undefined {
  const [element, ...others] = elements;
  const type = eventGridType(element)?.toLowerCase();
  if (others.length > 0) return undefined;
  if (type === DELETION) return {};
  const code = eventGridData(element)?.['validationCode'];
  return type === VALIDATION && typeof code === 'string' ? { validationResponse: code } : undefined;
}

/** The headers of a handshake, as they come. */
export interface HandshakeHeaders {
  get(name: string): string | null;
}

/**
 * The headers that answer an OPTIONS request: with CloudEvents Event Grid asks whether it may send, and how often a
 * minute. Undefined for a request that does not say who asks.
 *
 * @see https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/http-webhook.md
 */
export function optionsAnswer(headers: HandshakeHeaders): Readonly<Record<string, string>> | undefined {
  const origin = headers.get('webhook-request-origin')?.trim();
  if (origin === undefined || !/^[\w.:-]{1,255}$/.test(origin)) return undefined;
  const rate = headers.get('webhook-request-rate');
  return {
    allow: 'POST',
    'webhook-allowed-origin': origin,
    'webhook-allowed-rate': rate !== null && /^[1-9]\d{0,8}$/.test(rate) ? rate : '*',
  };
}
