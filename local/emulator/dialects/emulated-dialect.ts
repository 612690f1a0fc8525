import type { Exchange } from '../core/exchange.ts';
import type { LegEvent } from '../core/leg-event.ts';

/** An answer to a request. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON; without it the answer is empty. */
  readonly body?: unknown;
}

/** A request to the emulated ACS. */
export interface AcsRequest {
  /** The values of the route's parameters, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: string;
}

/** What was asked for, for the log and for chance. */
export interface Subject {
  readonly callId?: string | undefined;
  readonly callbackUri?: string | undefined;
  readonly operationContext?: string | null | undefined;
  /** Whom it is about. */
  readonly who?: string | undefined;
  /** Names the call or target for the fault dial: the same for the same seed and the same calls. */
  readonly label: string;
}

/**
 * A request that was understood. Nothing has happened yet: whatever comes between, such as a fault, or a dialect's memory
 * of the requests that it need not carry out twice, decides whether it is performed.
 */
export interface PreparedRequest {
  readonly subject: Subject;
  /** Carries it out, now. */
  perform(): PerformedRequest;
}

/** What came of it. */
export interface PerformedRequest {
  readonly executed: boolean;
  /** Was carried out before, and is answered as then. */
  readonly isRepeated?: boolean;
  readonly answer: Answer;
  /** The call that it made or was about. */
  readonly callId?: string | undefined;
}

/** One operation of a dialect's REST API. */
export interface AcsRoute {
  readonly method: 'GET' | 'POST' | 'DELETE' | 'PUT';
  /** Literal segments, compared without regard to case, and `{parameters}`. */
  readonly path: string;
  /** As the log names it. */
  readonly operation: string;
  /** Whether a repetition with the same repeatability headers is answered from memory; without it, not. */
  readonly isRepeatable?: boolean | undefined;
  /** Whether a version of the API has it. */
  isIn(apiVersion: string): boolean;
  /** Reads the request, or says with an answer what is wrong with it. */
  prepare(request: AcsRequest, exchange: Exchange): PreparedRequest | { readonly refusal: Answer };
}

/** One dialect as ACS speaks it: its REST API, its errors, and its events. */
export interface EmulatedDialect {
  /** As the calls carry it: that of the first one is for calls that carry none. */
  readonly name: string;
  readonly apiVersions: readonly string[];
  readonly routes: readonly AcsRoute[];
  error(status: number, message: string, code?: string): Answer;
  /** Undefined for what it has no event for, which is then not told. */
  render(event: LegEvent): unknown;
  /** Whether an event that comes alone may come as a bare object. */
  readonly mayBeBare: boolean;
  /** Whether its callbacks prove with a token from whom they are. */
  readonly bearsTokens: boolean;
}
