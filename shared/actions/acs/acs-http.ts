import { createCommunicationAuthPolicy } from '@azure/communication-common';
import {
  createDefaultHttpClient,
  createEmptyPipeline,
  createHttpHeaders,
  createPipelineRequest,
  isRestError,
} from '@azure/core-rest-pipeline';
import { type ConnectionLimits, connectionAgent, NOT_CONNECTED } from './connection-agent.ts';

/** What ACS accepts: an access key, which signs every request, or tokens of Microsoft Entra ID. */
export type AcsCredential = Parameters<typeof createCommunicationAuthPolicy>[0];

/** One request to ACS. */
export interface AcsRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** From the root, each segment percent-encoded. */
  readonly path: string;
  readonly apiVersion: string;
  /** JSON, sent as it is. */
  readonly body?: string | undefined;
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

/** Far longer than any answer of this API. */
const ANSWER_CHARACTERS_MAX = 65_536;

/**
 * Sends requests to one ACS resource, each exactly once and signed when it is sent: trying again is the queue's business,
 * since a pipeline that retries hides what may have been carried out, and the SDK's one keeps an old signature.
 */
export class AcsHttp {
  readonly #endpoint: URL;
  readonly #client = createDefaultHttpClient();
  readonly #agent: ReturnType<typeof connectionAgent>;
  readonly #pipeline = createEmptyPipeline();
  readonly #timeoutMs: number;

  /** @param options.endpoint `https://…`; plain http for an emulator. */
  constructor(
    options: ConnectionLimits & {
      readonly endpoint: string;
      readonly credential: AcsCredential;
      /** {@link TIMEOUT_MS} unless told. */
      readonly timeoutMs?: number | undefined;
    },
  ) {
    this.#endpoint = new URL(options.endpoint);
    this.#agent = connectionAgent(this.#endpoint, options);
    this.#timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
    this.#pipeline.addPolicy(createCommunicationAuthPolicy(whoseFailuresAreTold(options.credential)), {
      phase: 'Sign',
    });
  }

  /** Never throws. */
  async send({ method, path, apiVersion, body }: AcsRequest): Promise<AcsAnswer> {
    const url = new URL(path, this.#endpoint);
    url.searchParams.set('api-version', apiVersion);
    const headers = { accept: 'application/json', ...(body && { 'content-type': 'application/json' }) };
    const request = createPipelineRequest({
      method,
      url: url.href,
      headers: createHttpHeaders(headers),
      ...(body !== undefined && { body }),
      abortSignal: AbortSignal.timeout(this.#timeoutMs),
      allowInsecureConnection: this.#endpoint.protocol === 'http:',
    });
    // The options above have an agent too, and it is dropped.
    request.agent = this.#agent;
    try {
      const response = await this.#pipeline.sendRequest(this.#client, request);
      const text = response.bodyAsText?.slice(0, ANSWER_CHARACTERS_MAX) ?? '';
      const header = (name: string) => response.headers.get(name);
      return { kind: 'answer', status: response.status, header, text };
    } catch (error) {
      return this.#failure(error);
    }
  }

  /** Lets go of the connections that wait for a request. */
  close(): void {
    this.#agent.destroy();
  }

  #failure(error: unknown): AcsAnswer {
    if (error instanceof NoCredentialError) return { kind: 'notSent', reason: error.message };
    if (isRestError(error) && error.code === NOT_CONNECTED)
      return { kind: 'notSent', reason: `ACS could not be reached: ${error.message}` };
    const isTimeout = error instanceof Error && error.name === 'AbortError';
    const why = isTimeout
      ? `no answer within ${this.#timeoutMs} ms`
      : 'the connection broke before the answer';
    return { kind: 'noAnswer', reason: `ACS did not answer: ${why}` };
  }
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
