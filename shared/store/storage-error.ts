/**
 * A storage request that failed for a reason other than an expected conflict.
 *
 * `transient` failures (time-outs, dropped connections, 408, 429, 5xx) may succeed later and leave it unknown whether
 * the request took effect; others (a value too large, access denied) will fail the same way again.
 */
export class StorageError extends Error {
  override readonly name = 'StorageError';
  readonly transient: boolean;
  /** What the service asked for with Retry-After, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(
    message: string,
    options: {
      readonly transient: boolean;
      readonly retryAfterMs?: number | undefined;
      readonly cause?: unknown;
    },
  ) {
    super(message, { cause: options.cause });
    this.transient = options.transient;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/**
 * A row that a newer version of the app wrote. Transient, since it is met while that version is being deployed; but
 * storage is well, and after a step back to an older version the row stays as it is.
 */
export class NewerVersionError extends StorageError {
  constructor(message: string) {
    super(message, { transient: true });
  }
}

/** Whether storage itself fails for the moment, so that whatever else is asked of it may fail as well. */
export function isStorageFailing(error: unknown): boolean {
  return error instanceof StorageError && error.transient && !(error instanceof NewerVersionError);
}
