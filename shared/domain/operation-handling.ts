import type { Call } from './call.ts';
import type { Handled } from './handler.ts';
import { addReport, type Operation, type OperationReport } from './operation.ts';
import type { Signal } from './signal.ts';

/** Applies what an event says of an operation; an end that was not known before gives a signal. */
export function reportOperation(call: Call, report: OperationReport): Handled {
  const operations = addReport(call.operations, report);
  return { call: { ...call, operations }, signals: endSignals(call.operations, report) };
}

function endSignals(before: readonly Operation[], report: OperationReport): Signal[] {
  const { kind, operationContext, participants, status, at, input } = report;
  if (status === 'running') return [];
  const known = before.find(other => other.kind === kind && other.operationContext === operationContext);
  const isNews = isOpen(known) || participants.some(rawId => isOpen(progressOf(known, rawId)));
  if (!isNews) return [];
  const signal = { type: 'operationEnded', at, kind, operationContext, participants, status } as const;
  return [input === undefined ? signal : { ...signal, input }];
}

function progressOf(operation: Operation | undefined, rawId: string) {
  return operation?.participants.find(participant => participant.rawId === rawId);
}

function isOpen(progress: { readonly status: string } | undefined): boolean {
  return progress === undefined || progress.status === 'running';
}
