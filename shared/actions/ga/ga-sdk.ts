import { CallAutomationClient } from '@azure/communication-call-automation';
import { getIdentifierRawId } from '@azure/communication-common';
import type { HttpClient } from '@azure/core-rest-pipeline';
import type { RosterEntry } from '../../domain/call-event.ts';
import { type AcsAnswer, type AcsTransport, answerOf } from '../acs/acs-transport.ts';
import type { RepeatabilityHeaders } from './repeatability.ts';
import { type GaSpec, REQUESTS, type RequestContext } from './requests.ts';

/** One request: the action, and what goes with it. */
export interface GaRequest extends Omit<RequestContext, 'client'> {
  readonly spec: GaSpec;
  readonly headers: RepeatabilityHeaders;
  /** W3C trace context. The signature does not cover it, and ACS may pass over it. */
  readonly traceparent?: string | undefined;
}

/**
 * Sends an action with the SDK of ACS, once, and tells what came back over the wire. The SDK makes the request and signs
 * it; its own retries are off, and what it makes of an answer is left aside: whatever came with a 2xx was taken, even in
 * a form that the SDK does not know.
 *
 * Never throws.
 */
export function sendAction(
  transport: AcsTransport,
  { spec, headers, traceparent, ...context }: GaRequest,
): Promise<AcsAnswer> {
  const source = 'from' in spec && typeof spec.from === 'string' ? spec.from : undefined;
  // The table is typed by kind, and TypeScript cannot tell that both sides have the same one.
  const request = REQUESTS[spec.kind] as (spec: GaSpec, context: RequestContext) => Promise<unknown>;
  return exchange(transport, { headers, source, traceparent }, client =>
    request(spec, { client, ...context }),
  );
}

/** Reads a call. Never throws. */
export function getCall(transport: AcsTransport, callConnectionId: string): Promise<AcsAnswer> {
  return exchange(transport, {}, client =>
    client.getCallConnection(callConnectionId).getCallConnectionProperties(),
  );
}

/** Who is on a call; undefined where ACS does not say. Never throws. */
export async function listParticipants(
  transport: AcsTransport,
  callConnectionId: string,
): Promise<RosterEntry[] | undefined> {
  try {
    const client = clientOn(transport, transport);
    const { values = [] } = await client.getCallConnection(callConnectionId).listParticipants();
    return values.flatMap(({ identifier, isMuted = false, isOnHold = false }) =>
      identifier === undefined
        ? []
        : [
            {
              rawId: getIdentifierRawId(identifier),
              participantId: null,
              isMuted,
              ...(isOnHold ? { isOnHold } : {}),
            },
          ],
    );
  } catch {
    return undefined;
  }
}

async function exchange(
  transport: AcsTransport,
  options: {
    readonly headers?: RepeatabilityHeaders;
    readonly source?: string | undefined;
    readonly traceparent?: string | undefined;
  },
  send: (client: CallAutomationClient) => Promise<unknown>,
): Promise<AcsAnswer> {
  let answer: AcsAnswer | undefined;
  const watched: HttpClient = {
    async sendRequest(request) {
      if (options.headers !== undefined) withHeaders(request.headers, options.headers);
      if (options.traceparent !== undefined) request.headers.set('traceparent', options.traceparent);
      try {
        const response = await transport.sendRequest(request);
        answer = answerOf(response);
        return response;
      } catch (error) {
        answer = transport.failureOf(error);
        throw error;
      }
    },
  };
  try {
    await send(clientOn(transport, watched, options.source));
  } catch (error) {
    answer ??= beforeSending(transport, error);
  }
  return answer ?? { kind: 'notSent', reason: 'the SDK of ACS sent nothing' };
}

/** A failure before anything was sent: no token, or a request that the SDK could not make. */
function beforeSending(transport: AcsTransport, error: unknown): AcsAnswer {
  const failure = transport.failureOf(error);
  if (failure.kind === 'notSent') return failure;
  const why = error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 300) : String(error);
  return { kind: 'notSent', reason: `the request could not be made: ${why}` };
}

/**
 * The SDK makes up repeatability headers for every request that takes them; ours stand in their place, since a repetition
 * is one only with the same ones. Its id of the request, of which support asks, is made the same way.
 */
function withHeaders(
  headers: { has(name: string): boolean; set(name: string, value: string): void },
  ours: RepeatabilityHeaders,
): void {
  for (const [name, value] of Object.entries(ours)) if (headers.has(name)) headers.set(name, value);
  headers.set('x-ms-client-request-id', ours['Repeatability-Request-ID']);
}

function clientOn(transport: AcsTransport, httpClient: HttpClient, source?: string): CallAutomationClient {
  const { origin, protocol } = transport.endpoint;
  return new CallAutomationClient(origin, transport.credential, {
    httpClient,
    allowInsecureConnection: protocol === 'http:',
    // The queue tries again, which signs anew, and knows what may be sent twice.
    retryOptions: { maxRetries: 0 },
    redirectOptions: { maxRetries: 0 },
    ...(source !== undefined && { sourceIdentity: { communicationUserId: source } }),
  });
}
