import type { ActionDraft, ActionKind } from '../domain/action.ts';
import type { DialectName } from '../domain/call-event.ts';
import type { EventTime } from '../domain/event-time.ts';
import type { Policy } from './policy.ts';

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
}

/** How a send went. */
export type ActionResult =
  /** ACS took it; `wireId` is what it calls the call that it began with it. */
  | { readonly kind: 'done'; readonly wireId?: string }
  /** ACS refused it, and would refuse it again. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** ACS certainly did not carry it out, and may do so later: throttled, or not reached at all. */
  | { readonly kind: 'notNow'; readonly reason: string; readonly retryAfterMs?: number }
  /** The request may or may not have been carried out: no answer, or a 5xx. */
  | { readonly kind: 'unclear'; readonly reason: string; readonly retryAfterMs?: number };

/** What a call looks like to ACS. */
export type CallAnswer = 'open' | 'gone' | 'cannotAsk';

/** ACS, as far as actions are concerned. Never throws: whatever happens is a result. */
export interface Provider {
  policyOf(kind: ActionKind): Policy;
  perform(request: ActionRequest): Promise<ActionResult>;
  /** Whether ACS still knows the call; the previews cannot be asked. */
  ask(call: { readonly dialect: DialectName; readonly wireId: string | null }): Promise<CallAnswer>;
}
