import type { Answer } from '../dialects/emulated-dialect.ts';
import type { SignedRequest } from './verify-signature.ts';

/** A request whose body was read. */
export interface IncomingRequest extends SignedRequest {
  readonly url: URL;
}

/** What a request comes to. */
export interface Reply {
  /** Undefined breaks the connection off instead. */
  readonly answer: Answer | undefined;
  /** How late the answer is, by real time. */
  readonly slowMs?: number;
}
