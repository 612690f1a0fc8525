import type { Call } from './call.ts';
import type { CallEvent } from './call-event.ts';
import type { Handled } from './handler.ts';
import { addReport, type Operation, type OperationReport } from './operation.ts';
import type { Signal } from './signal.ts';

/** Applies what an event says of an operation; an end that was not known before gives a signal. */
export function reportOperation(call: Call, report: OperationReport): Handled {
  const operations = addReport(call.operations, report);
  return { call: { ...call, operations }, signals: endSignals(call.operations, report) };
}

function endSignals(before: readonly Operation[], report: OperationReport): Signal[] {
  const { kind, operationContext, participants, status, at } = report;
  if (status === 'running') return [];
  const known = before.find(other => other.kind === kind && other.operationContext === operationContext);
  const isNews = isOpen(known) || participants.some(rawId => isOpen(progressOf(known, rawId)));
  return isNews ? [{ type: 'operationEnded', at, kind, operationContext, participants, status }] : [];
}

function progressOf(operation: Operation | undefined, rawId: string) {
  return operation?.participants.find(participant => participant.rawId === rawId);
}

function isOpen(progress: { readonly status: string } | undefined): boolean {
  return progress === undefined || progress.status === 'running';
}

/** What a play event says of its operation. */
export function playReport(
  event: CallEvent<'play.started' | 'play.completed' | 'play.canceled' | 'play.failed'>,
  status: OperationReport['status'],
): OperationReport {
  const { operationContext, at, result } = event;
  return { kind: 'playAudio', operationContext, participants: [], status, at, result };
}

/** What an event about invited participants says of its operation. */
export function addReportOf(
  event: CallEvent<'participant.addStarted' | 'participant.addSucceeded' | 'participant.addFailed'>,
  status: OperationReport['status'],
): OperationReport {
  const { operationContext, participants, at, result } = event;
  return { kind: 'addParticipants', operationContext, participants, status, at, result };
}
