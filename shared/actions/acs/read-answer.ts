/** A reason is kept in the call's state. */
const MESSAGE_CHARACTERS = 300;

/** What ACS says in an answer that is no success. */
export interface AcsError {
  /** Of ACS, mostly a subcode in digits; undefined where it gives none. */
  readonly code: string | undefined;
  readonly message: string | undefined;
}

/** The error in an answer's body: the first preview gives `{code, message}`, all others wrap that in `error`. */
export function errorIn(text: string): AcsError {
  const body = parseJson(text);
  const error = memberOf(body, 'error') ?? body;
  const code = memberOf(error, 'code');
  const message = memberOf(error, 'message');
  return {
    code: typeof code === 'string' || typeof code === 'number' ? String(code).slice(0, 32) : undefined,
    message: typeof message === 'string' && message !== '' ? withoutSecrets(message) : undefined,
  };
}

/** An error in one line: its status, its code where that says more, and its message. */
export function describeError(status: number, { code, message }: AcsError): string {
  const told = code === undefined || code === String(status) ? '' : `, code ${code}`;
  return `HTTP ${status}${told}${message === undefined ? '' : `: ${message}`}`;
}

/** How long Retry-After says to wait: seconds, or a date (RFC 9110, 10.2.3). */
export function retryAfterOf(header: string | undefined, nowMs: number): number | undefined {
  if (header === undefined || header === '') return undefined;
  const seconds = Number(header);
  const ms = Number.isNaN(seconds) ? Date.parse(header) - nowMs : seconds * 1000;
  return Number.isFinite(ms) ? Math.max(0, Math.round(ms)) : undefined;
}

/** A text that should be JSON; undefined where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A member of whatever may be an object. */
export function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** An id that ACS gave; undefined where it is none that can be kept. */
export function idOf(value: unknown, longest = 256): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= longest ? value : undefined;
}

/** A message may repeat the callback URL that it complains of. */
function withoutSecrets(message: string): string {
  return message.slice(0, MESSAGE_CHARACTERS).replaceAll(/\b(sig|code)=[^&\s"']*/gi, '$1=…');
}
