/** One fault in a request. */
export interface ProblemError {
  /** Where in the body, as a JSON Pointer, or the name of the query parameter behind `?`. */
  readonly pointer: string;
  readonly detail: string;
}

/** Problem details as in RFC 9457. */
export interface Problem {
  readonly type: ProblemType;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly errors?: readonly ProblemError[];
  /** Sent as Retry-After. */
  readonly retryAfterSeconds?: number;
}

/** The kinds of problems with the status and the title of each. */
export const PROBLEMS = {
  'invalid-json': [400, 'The body is not valid JSON'],
  'nothing-recognised': [400, 'The body holds no event that can be recognised'],
  'too-deep': [400, 'The body is nested too deeply'],
  'empty-body': [400, 'The body is empty'],
  'invalid-call-key': [400, 'The call key in the URL is not valid'],
  'no-origin': [400, 'The handshake does not say who asks'],
  'invalid-query': [400, 'A query parameter is not valid'],
  'invalid-idempotency-key': [400, 'The Idempotency-Key is not valid'],
  'not-authentic': [401, 'The signature in the URL is missing or wrong'],
  'invalid-token': [401, 'The bearer token is missing or wrong'],
  'topic-not-allowed': [403, 'Events of that resource are not taken'],
  'not-found': [404, 'There is no such thing'],
  'call-ended': [409, 'The call has ended'],
  'call-not-connected': [409, 'The call is not connected'],
  'cannot-replay': [409, 'The parked thing is still no valid event'],
  'length-required': [411, 'The body came without a length'],
  'too-large': [413, 'The body is too large'],
  'too-many-events': [413, 'The body holds too many events'],
  'unsupported-media-type': [415, 'The body is not JSON'],
  'invalid-request': [422, 'Something in the request is not right'],
  'not-supported': [422, 'The dialect of the call cannot do this'],
  'idempotency-key-reused': [422, 'The Idempotency-Key was used for another request'],
  misconfigured: [500, 'A setting of the app is missing or wrong'],
  'keys-unavailable': [503, 'The keys that tokens are checked with cannot be fetched at the moment'],
  'storage-unavailable': [503, 'Storage cannot be reached at the moment'],
} as const satisfies Record<string, readonly [status: number, title: string]>;

/** The name of a kind of problem. */
export type ProblemName = keyof typeof PROBLEMS;

/** What a problem is known by outside: never changes. */
export type ProblemType = `urn:ringback:problem:${ProblemName}`;

/** The type of a kind of problem. */
export function problemType(name: ProblemName): ProblemType {
  return `urn:ringback:problem:${name}`;
}

/** Makes problem details of a kind; `detail` says what is special about this one. */
export function problem(
  name: ProblemName,
  detail: string,
  more: Pick<Problem, 'errors' | 'retryAfterSeconds'> = {},
): Problem {
  const [status, title] = PROBLEMS[name];
  return { type: problemType(name), title, status, detail, ...more };
}
