import { outlivesCall } from '../../../shared/domain/action.ts';
import { endOf } from '../../../shared/domain/call.ts';
import type { SimulatedAcs } from '../simulated-provider.ts';
import type { CallEvidence } from './evidence.ts';

/** R1: of an erased call nothing is left but that it was; it had ended, and what it did it had done once. */
export function checkErased(
  { callKey, erased }: CallEvidence,
  {
    acs,
    violate,
  }: { readonly acs: SimulatedAcs; readonly violate: (invariant: string, detail: string) => void },
): void {
  if (erased === undefined) return;
  if (erased.rowsLeft > 0) violate('R1', `${callKey} is erased, and ${erased.rowsLeft} rows of it are left`);
  const { call } = erased.last;
  if (endOf(call) === null) violate('R1', `${callKey} was erased while it was ${call.state}`);
  if (call.actions.some(action => outlivesCall(action) && action.state === 'planned'))
    violate('R1', `${callKey} was erased before it was dialled again`);
  for (const { actionId, kind } of call.actions) {
    const executions = acs.executions.get(actionId) ?? 0;
    if (executions > 1 && acs.policyOf(kind) !== 'atLeastOnce')
      violate(
        'I5',
        `${kind} ${actionId} of ${callKey}, which is erased, was carried out ${executions} times`,
      );
  }
}

/** R1: nothing is kept that has ended, where retention ran last of all. */
export function checkRetention(
  { callKey, head }: CallEvidence,
  violate: (invariant: string, detail: string) => void,
): void {
  if (head !== undefined && endOf(head.call) !== null)
    violate('R1', `${callKey} has ended, and is still kept`);
}
