import type { createCommunicationAuthPolicy } from '@azure/communication-common';
import {
  createDefaultHttpClient,
  type HttpClient,
  isRestError,
  type PipelineRequest,
  type PipelineResponse,
} from '@azure/core-rest-pipeline';
import { type ConnectionLimits, connectionAgent, NOT_CONNECTED } from './connection-agent.ts';

/** What ACS accepts: an access key, which signs every request, or tokens of Microsoft Entra ID. */
export type AcsCredential = Parameters<typeof createCommunicationAuthPolicy>[0];

/** How an ACS resource is reached. */
export interface AcsAccess extends ConnectionLimits {
  /** `https://…`; plain http for an emulator. */
  readonly endpoint: string;
  readonly credential: AcsCredential;
  /** How long an answer may take: 15 s unless told. */
  readonly timeoutMs?: number | undefined;
}

/**
 * What came back. `notSent`: nothing of the request was written · `noAnswer`: it may have been read, and whether it was
 * carried out is not known.
 */
export type AcsAnswer =
  | {
      readonly kind: 'answer';
      readonly status: number;
      /** By lower-case name. */
      readonly header: (name: string) => string | undefined;
      readonly text: string;
    }
  | { readonly kind: 'notSent' | 'noAnswer'; readonly reason: string };

/** How long an answer may take, with the connection; far shorter than the lease of an action. */
const TIMEOUT_MS = 15_000;

/** Far longer than any answer of these APIs, but for the roster of a call with hundreds on it. */
const ANSWER_CHARACTERS_MAX = 1_048_576;

/** The connections to one ACS resource, whatever puts the requests together: it sends each as it is given, once. */
export class AcsTransport implements HttpClient {
  readonly endpoint: URL;
  readonly credential: AcsCredential;
  readonly #client = createDefaultHttpClient();
  readonly #agent: ReturnType<typeof connectionAgent>;
  readonly #timeoutMs: number;

  constructor({ endpoint, credential, timeoutMs = TIMEOUT_MS, ...limits }: AcsAccess) {
    this.endpoint = new URL(endpoint);
    this.credential = whoseFailuresAreTold(credential);
    this.#agent = connectionAgent(this.endpoint, limits);
    this.#timeoutMs = timeoutMs;
  }

  /** A signal that gives a request up in time. */
  timeout(): AbortSignal {
    return AbortSignal.timeout(this.#timeoutMs);
  }

  sendRequest(request: PipelineRequest): Promise<PipelineResponse> {
    // Whatever makes requests may set agents of its own, or drop the one that it was given.
    request.agent = this.#agent;
    request.allowInsecureConnection = this.endpoint.protocol === 'http:';
    request.abortSignal ??= this.timeout();
    return this.#client.sendRequest(request);
  }

  /** What a failure to send says of the request. */
  failureOf(error: unknown): AcsAnswer {
    if (error instanceof NoCredentialError) return { kind: 'notSent', reason: error.message };
    if (isRestError(error) && error.code === NOT_CONNECTED)
      return { kind: 'notSent', reason: `ACS could not be reached: ${error.message}` };
    const isTimeout = error instanceof Error && error.name === 'AbortError';
    const why = isTimeout
      ? `no answer within ${this.#timeoutMs} ms`
      : 'the connection broke before the answer';
    return { kind: 'noAnswer', reason: `ACS did not answer: ${why}` };
  }

  /** Lets go of the connections that wait for a request. */
  close(): void {
    this.#agent.destroy();
  }
}

/** An answer that came back. */
export function answerOf({ status, headers, bodyAsText }: PipelineResponse): AcsAnswer {
  const text = bodyAsText?.slice(0, ANSWER_CHARACTERS_MAX) ?? '';
  return { kind: 'answer', status, header: name => headers.get(name), text };
}

/** No token could be had, so nothing was sent. */
class NoCredentialError extends Error {
  override readonly name = 'NoCredentialError';
}

function whoseFailuresAreTold(credential: AcsCredential): AcsCredential {
  if (!('getToken' in credential)) return credential;
  return {
    async getToken(scopes, options) {
      try {
        return await credential.getToken(scopes, options);
      } catch (error) {
        const why = error instanceof Error ? error.name : 'unknown';
        throw new NoCredentialError(`no token for ACS could be had (${why})`, { cause: error });
      }
    },
  };
}
