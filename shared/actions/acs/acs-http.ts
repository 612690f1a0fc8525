import { createCommunicationAuthPolicy } from '@azure/communication-common';
import { createEmptyPipeline, createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline';
import { type AcsAccess, type AcsAnswer, AcsTransport, answerOf } from './acs-transport.ts';

/** One request to ACS. */
export interface AcsRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** From the root, each segment percent-encoded. */
  readonly path: string;
  readonly apiVersion: string;
  /** JSON, sent as it is. */
  readonly body?: string | undefined;
  /** W3C trace context. The signature does not cover it, and ACS may pass over it. */
  readonly traceparent?: string | undefined;
}

/**
 * Sends requests to one ACS resource, each exactly once and signed when it is sent: trying again is the queue's business,
 * since a pipeline that retries hides what may have been carried out, and the SDK's one keeps an old signature.
 */
export class AcsHttp {
  readonly #transport: AcsTransport;
  readonly #pipeline = createEmptyPipeline();

  constructor(access: AcsAccess) {
    this.#transport = new AcsTransport(access);
    this.#pipeline.addPolicy(createCommunicationAuthPolicy(this.#transport.credential), { phase: 'Sign' });
  }

  /** Never throws. */
  async send({ method, path, apiVersion, body, traceparent }: AcsRequest): Promise<AcsAnswer> {
    const url = new URL(path, this.#transport.endpoint);
    url.searchParams.set('api-version', apiVersion);
    const headers = {
      accept: 'application/json',
      ...(body && { 'content-type': 'application/json' }),
      ...(traceparent && { traceparent }),
    };
    const request = createPipelineRequest({
      method,
      url: url.href,
      headers: createHttpHeaders(headers),
      ...(body !== undefined && { body }),
      abortSignal: this.#transport.timeout(),
      allowInsecureConnection: url.protocol === 'http:',
    });
    try {
      return answerOf(await this.#pipeline.sendRequest(this.#transport, request));
    } catch (error) {
      return this.#transport.failureOf(error);
    }
  }

  /** Lets go of the connections that wait for a request. */
  close(): void {
    this.#transport.close();
  }
}
