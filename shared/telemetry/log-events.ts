import type { ActionResult } from '../actions/provider.ts';
import type { ActionKind } from '../domain/action.ts';
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

/** A queue message's events are recorded; those of other messages in the same transaction count as well. */
export function eventsCommitted(fields: {
  readonly callKey: string;
  readonly events: number;
  readonly committedTogether: number;
  readonly duplicates: number;
  readonly conflicts: number;
  readonly state: string;
  readonly ageMs: number;
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

/** Something was parked, to be looked at by a person. */
export function thingParked(fields: {
  readonly parkedId: string;
  readonly reason: ParkedReason;
  readonly callKey: string | null;
}): LogEvent {
  return { id: 300, name: 'thingParked', level: 'warn', fields };
}

/** The sweep looked after what nobody else does. */
export function swept(fields: { readonly parked: number; readonly tidied: number }): LogEvent {
  return { id: 400, name: 'swept', level: 'info', fields };
}
