import type { ActionDraft, ActionIds } from '../domain/action.ts';
import type { DialectName, RosterEntry } from '../domain/call-event.ts';
import type { EventTime } from '../domain/event-time.ts';
import type { PolicyOf } from './policy.ts';

/** One send of an action. */
export interface ActionRequest extends ActionDraft {
  /** Also the operationContext, and what the Repeatability-Request-ID is made from. */
  readonly actionId: string;
  readonly callKey: string;
  readonly dialect: DialectName;
  readonly wireId: string | null;
  /** Where ACS is to send the call's events, the same on every send of a request; null where no secret is set. */
  readonly callbackUri: string | null;
  /** The same on every send of the action: Repeatability-First-Sent. */
  readonly firstSentAt: EventTime;
  /** Counts the requests that are one to ACS: part of what the Repeatability-Request-ID is made from. */
  readonly generation: number;
  /** The W3C trace context of this send, to go along as a header where it does no harm; no part of the request itself. */
  readonly traceparent?: string | undefined;
}

/** How a send went. */
export type ActionResult =
  /** ACS took it. */
  | ({ readonly kind: 'done' } & Taken)
  /** ACS refused it, and would refuse it again. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** ACS certainly did not carry it out, and may do so later: throttled, or not reached at all. */
  | { readonly kind: 'notNow'; readonly reason: string; readonly retryAfterMs?: number }
  /** The request may or may not have been carried out: no answer, or a 5xx. */
  | { readonly kind: 'unclear'; readonly reason: string; readonly retryAfterMs?: number };

/** What ACS said when it took a request. */
export interface Taken {
  /** What it calls the call that it began with it. */
  readonly wireId?: string | undefined;
  /** What it calls what it began with it on the call. */
  readonly ids?: ActionIds | undefined;
  /** Whom it refused, where the action was about several, each of whom takes a request. */
  readonly refused?: readonly { readonly rawId: string; readonly reason: string }[] | undefined;
}

/** What a call looks like to ACS. `noAnswer`: it could be asked, and was not reached or did not say. */
export type CallAnswer = 'open' | 'gone' | 'cannotAsk' | 'noAnswer';

/** What a call is to ACS. */
export interface AskedCall {
  readonly dialect: DialectName;
  readonly wireId: string | null;
}

/** ACS, as far as actions are concerned. Never throws: whatever happens is a result. */
export interface Provider {
  readonly policyOf: PolicyOf;
  perform(request: ActionRequest): Promise<ActionResult>;
  /** Whether ACS still knows the call; the previews cannot be asked. */
  ask(call: AskedCall): Promise<CallAnswer>;
  /** Who is on the call, as ACS has it now; undefined where it does not say. Not there where nobody can be asked. */
  readonly rosterOf?: (call: AskedCall) => Promise<readonly RosterEntry[] | undefined>;
}
