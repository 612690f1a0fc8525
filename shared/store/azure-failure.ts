import { StorageError } from './storage-error.ts';

/** What the SDKs of Table and Queue Storage told about a failed request. */
export interface AzureFailure {
  /** HTTP status; undefined when no answer came. */
  readonly status: number | undefined;
  /** The service's error code (`EntityAlreadyExists`), or the network's (`ECONNRESET`). */
  readonly code: string | undefined;
  /** First line of the service's text: without request id and time. */
  readonly message: string;
  readonly transient: boolean;
  readonly retryAfterMs: number | undefined;
  readonly cause: unknown;
}

/** The part of the SDKs' RestError that is read here: both SDKs throw it, each filling it in its own way. */
interface RestErrorShape extends Error {
  readonly code?: string;
  readonly statusCode?: number;
  readonly response?: { readonly headers: { get(name: string): string | undefined } };
  readonly details?: {
    readonly errorCode?: string;
    readonly message?: string;
    readonly odataError?: { readonly code?: string; readonly message?: { readonly value?: string } };
  };
}

const TRANSIENT_STATUSES: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);

// A deleted table or queue keeps its name for half a minute or more: then it can be created again.
const TRANSIENT_CODES: ReadonlySet<string> = new Set(['TableBeingDeleted', 'QueueBeingDeleted']);

/**
 * Reads what an SDK threw.
 *
 * Transient: no answer, an answer that cannot be read, 408, 429, 500, 502, 503, 504, and a table or queue that is
 * being deleted. An error that is not of a request (a TypeError, say) is not transient.
 */
export function describeFailure(error: unknown): AzureFailure {
  if (!isRestError(error)) {
    const timedOut = error instanceof Error && error.name === 'AbortError';
    const message = timedOut ? 'the request timed out' : String(error);
    return {
      status: undefined,
      code: undefined,
      message,
      transient: timedOut,
      retryAfterMs: undefined,
      cause: error,
    };
  }

  const status = error.statusCode;
  const code = readCode(error);
  return {
    status,
    code,
    message: readMessage(error),
    transient:
      status === undefined ||
      status < 400 ||
      TRANSIENT_STATUSES.has(status) ||
      (code !== undefined && TRANSIENT_CODES.has(code)),
    retryAfterMs: parseRetryAfter(error.response?.headers.get('retry-after')),
    cause: error,
  };
}

/** The StorageError for a failure that no caller expects; its message names the operation, status and code. */
export function toStorageError(operation: string, failure: AzureFailure): StorageError {
  const answer = [failure.status, failure.code].filter(part => part !== undefined).join(' ');
  return new StorageError(`${operation}: ${answer === '' ? '' : `${answer}: `}${failure.message}`, {
    transient: failure.transient,
    retryAfterMs: failure.retryAfterMs,
    cause: failure.cause,
  });
}

function isRestError(error: unknown): error is RestErrorShape {
  return error instanceof Error && error.name === 'RestError';
}

function readCode(error: RestErrorShape): string | undefined {
  return (
    error.details?.odataError?.code ??
    error.details?.errorCode ??
    error.response?.headers.get('x-ms-error-code') ??
    error.code
  );
}

function readMessage(error: RestErrorShape): string {
  const text = error.details?.odataError?.message?.value ?? error.details?.message ?? error.message;
  return text.split('\n', 1)[0] ?? '';
}

/** Retry-After is a number of seconds or an HTTP date (RFC 9110 10.2.3). */
function parseRetryAfter(header: string | undefined): number | undefined {
  if (header === undefined || header === '') {
    return undefined;
  }
  const seconds = Number(header);
  const delayMs = Number.isNaN(seconds) ? Date.parse(header) - Date.now() : seconds * 1000;
  return Number.isNaN(delayMs) ? undefined : Math.max(0, Math.round(delayMs));
}
