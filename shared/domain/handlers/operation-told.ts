import type { Call } from '../call.ts';
import type { CallEvent } from '../call-event.ts';
import { type Handled, provenConnected } from '../handler.ts';
import { OPERATION_EVENTS, type OperationEventType, type OperationStep } from '../operation-events.ts';
import { reportOperation } from '../operation-handling.ts';

/** An operation goes on, or has ended: what kind of operation it is, and how it stands, the event's type tells. */
export function operationTold(call: Call, event: CallEvent<OperationEventType>): Handled {
  const { kind, status, provesConnection }: OperationStep = OPERATION_EVENTS[event.type];
  const { operationContext, at, result, participants = NOBODY, input } = event;
  const report = { kind, operationContext, participants, status, at, result };
  return reportOperation(
    provesConnection ? provenConnected(call) : call,
    input === undefined ? report : { ...report, input },
  );
}

const NOBODY: readonly never[] = [];
