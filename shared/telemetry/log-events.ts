import type { ActionResult } from '../actions/provider.ts';
import type { ActionKind } from '../domain/action.ts';
import type { WalkEnd } from '../processing/walk.ts';
import type { ParkedReason } from '../store/parked-store.ts';
import type { LogEvent } from './log-event.ts';

/** A callback was taken in: its events are in the queue. */
export function callbackReceived(fields: {
  readonly accepted: number;
  readonly parked: number;
  readonly calls: number;
}): LogEvent {
  return { id: 100, name: 'callbackReceived', level: 'info', fields };
}

/** A callback was turned away. */
export function callbackRefused(fields: { readonly status: number; readonly problem: string }): LogEvent {
  return { id: 101, name: 'callbackRefused', level: 'warn', fields };
}

/** No secret is set, so no callback can be authentic. */
export function callbackSecretMissing(): LogEvent {
  return { id: 102, name: 'callbackSecretMissing', level: 'error', fields: { setting: 'CALLBACK_SECRET' } };
}

/** A bearer token was turned away; the audience is told where it alone is wrong, to set it by. */
export function tokenRefused(fields: {
  readonly reason: string;
  readonly audience: string | null;
}): LogEvent {
  return { id: 103, name: 'tokenRefused', level: 'warn', fields };
}

/** The keys that tokens are checked with could not be fetched. */
export function tokenKeysUnavailable(fields: { readonly error: string }): LogEvent {
  return { id: 104, name: 'tokenKeysUnavailable', level: 'error', fields };
}

/** A request could not be answered: storage failed for the moment, or a setting is wrong. */
export function requestFailed(fields: { readonly problem: string; readonly error: string }): LogEvent {
  return { id: 105, name: 'requestFailed', level: 'warn', fields };
}

/** A queue message's events are recorded; those of other messages in the same transaction count as well. */
export function eventsCommitted(fields: {
  readonly callKey: string;
  readonly events: number;
  readonly committedTogether: number;
  readonly duplicates: number;
  readonly conflicts: number;
  readonly state: string;
  readonly ageMs: number;
  /** From the receipt of the callback until the message was first taken; null where it may have been taken before. */
  readonly pickUpMs: number | null;
}): LogEvent {
  return { id: 200, name: 'eventsCommitted', level: 'info', fields };
}

/** Storage failed for the moment; the message waits in the queue. */
export function messageDelayed(fields: {
  readonly callKey: string;
  readonly attempt: number;
  readonly delaySeconds: number;
  readonly error: string;
}): LogEvent {
  return { id: 201, name: 'messageDelayed', level: 'warn', fields };
}

/** Events of a call that was erased came late, and were dropped. */
export function eventsDropped(fields: { readonly callKey: string; readonly events: number }): LogEvent {
  return { id: 202, name: 'eventsDropped', level: 'warn', fields };
}

/** What was done about a call that comes in; `late`: it did not ring any more. */
export function incomingRouted(fields: {
  readonly callKey: string;
  readonly did: 'answer' | 'reject' | 'redirect' | 'ignore' | 'late';
}): LogEvent {
  return { id: 203, name: 'incomingRouted', level: 'info', fields };
}

/** An action was sent to ACS. */
export function actionSent(fields: {
  readonly callKey: string;
  readonly actionId: string;
  readonly kind: ActionKind;
  readonly result: ActionResult['kind'];
  readonly attempts: number;
}): LogEvent {
  return { id: 210, name: 'actionSent', level: 'info', fields };
}

/** It cannot be found out whether ACS carried out an action: a person has to look. */
export function actionUnknown(fields: {
  readonly callKey: string;
  readonly actionId: string;
  readonly kind: ActionKind;
}): LogEvent {
  return { id: 211, name: 'actionUnknown', level: 'warn', fields };
}

/** A call is to go out, and all lines of its number are taken. */
export function lineAwaited(fields: { readonly callKey: string; readonly actionId: string }): LogEvent {
  return { id: 212, name: 'lineAwaited', level: 'info', fields };
}

/** An action is not carried out: its call is over, or hangs up. */
export function actionSkipped(fields: {
  readonly callKey: string;
  readonly actionId: string;
  readonly kind: ActionKind;
}): LogEvent {
  return { id: 213, name: 'actionSkipped', level: 'info', fields };
}

/** ACS refuses an action for good, or did not take it however often it was sent; the call has the reason. */
export function actionFailed(fields: {
  readonly callKey: string;
  readonly actionId: string;
  readonly kind: ActionKind;
}): LogEvent {
  return { id: 214, name: 'actionFailed', level: 'warn', fields };
}

/** ACS has not taken an action for a while; it is sent again. */
export function actionDelayed(fields: {
  readonly callKey: string;
  readonly actionId: string;
  readonly kind: ActionKind;
  readonly attempts: number;
}): LogEvent {
  return { id: 215, name: 'actionDelayed', level: 'warn', fields };
}

/** Something was parked, to be looked at by a person. */
export function thingParked(fields: {
  readonly parkedId: string;
  readonly reason: ParkedReason;
  readonly callKey: string | null;
}): LogEvent {
  return { id: 300, name: 'thingParked', level: 'warn', fields };
}

/** The sweep looked after what nobody else does. */
export function swept(fields: {
  /** Messages that the host gave up on. */
  readonly parked: number;
  /** Of those, taken up again. */
  readonly replayed: number;
  /** Ended calls taken off the list of open ones. */
  readonly tidied: number;
  /** Calls with something overdue. */
  readonly visited: number;
  /** Quiet calls of which ACS says that they are open. */
  readonly asked: number;
  /** Quiet calls of which ACS told what no event did. */
  readonly healed: number;
  /** Quiet calls of which ACS gave no answer; the next sweep asks again. */
  readonly unanswered: number;
  /** Quiet calls that were given up. */
  readonly lost: number;
  readonly failed: number;
}): LogEvent {
  return { id: 400, name: 'swept', level: 'info', fields };
}

/** A timer could not look after one call, and went on with the others. */
export function upkeepFailed(fields: {
  readonly callKey: string;
  readonly during: 'sweep' | 'checkIndex' | 'forgetAliases' | 'forgetKeys' | 'purge';
  readonly error: string;
}): LogEvent {
  return { id: 401, name: 'upkeepFailed', level: 'warn', fields };
}

/** The index was compared with the calls: how many were looked at, and what was missing of them and is not now. */
export function indexChecked(fields: {
  readonly calls: number;
  readonly day: number;
  readonly open: number;
  readonly alias: number;
  readonly participants: number;
  /** Tombstones that had stood long enough. */
  readonly forgotten: number;
  readonly failed: number;
  readonly end: WalkEnd;
}): LogEvent {
  return { id: 402, name: 'indexChecked', level: 'info', fields };
}

/** What is older than the time of retention was erased. */
export function purged(fields: {
  readonly calls: number;
  readonly parked: number;
  readonly failed: number;
  readonly end: WalkEnd;
}): LogEvent {
  return { id: 403, name: 'purged', level: 'info', fields };
}

/** The first event in the queue waits longer than it should. */
export function eventsWait(fields: { readonly oldestAgeSeconds: number }): LogEvent {
  return { id: 404, name: 'eventsWait', level: 'warn', fields };
}

/** Aliases of calls that are erased were found in the index, and taken away. */
export function aliasesForgotten(fields: { readonly aliases: number }): LogEvent {
  return { id: 405, name: 'aliasesForgotten', level: 'info', fields };
}

/** Spans or measurements could not be sent to where OTEL_EXPORTER_OTLP_ENDPOINT says; they are lost. */
export function telemetryNotSent(): LogEvent {
  return {
    id: 500,
    name: 'telemetryNotSent',
    level: 'warn',
    fields: { setting: 'OTEL_EXPORTER_OTLP_ENDPOINT' },
  };
}
