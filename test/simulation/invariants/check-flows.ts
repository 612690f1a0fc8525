import { outlivesCall } from '../../../shared/domain/action.ts';
import { type Call, endOf } from '../../../shared/domain/call.ts';
import type { RedialInput } from '../../../shared/flows/dial-again.ts';
import type { CallEvidence } from './evidence.ts';

type Violate = (invariant: string, detail: string) => void;

/** F1: a flow ends with its call, plans what it names once, and what it dials again is one call. */
export function checkFlows(calls: readonly CallEvidence[], violate: Violate): void {
  const byKey = new Map(calls.map(evidence => [evidence.callKey, callOf(evidence)]));
  for (const [callKey, call] of byKey) {
    if (call?.flow == null) continue;
    const { status, names, error } = call.flow;
    if (status === 'failed') violate('F1', `the flow of ${callKey} failed: ${error}`);
    if (endOf(call) !== null && status === 'active') violate('F1', `${callKey} is over, and its flow is not`);
    const given = Object.values(names);
    if (new Set(given).size !== given.length)
      violate('F1', `the flow of ${callKey} planned something twice: ${given.join(', ')}`);
    checkDialledAgain(callKey, call, { byKey, violate });
  }
}

/** Whether the call was begun by the flow of another. */
export function isDialledAgain(call: Call | undefined): boolean {
  return previousOf(call) !== undefined;
}

function checkDialledAgain(
  callKey: string,
  { actions }: Call,
  { byKey, violate }: { readonly byKey: ReadonlyMap<string, Call | undefined>; readonly violate: Violate },
): void {
  const wished = actions.filter(outlivesCall);
  const next = [...byKey].filter(([, call]) => previousOf(call) === callKey).map(([key]) => key);
  for (const key of next) {
    if (!wished.some(action => action.arguments['callKey'] === key))
      violate('F1', `${key} follows ${callKey}, which never planned it`);
  }
  for (const { state, arguments: stored } of wished) {
    if (state === 'planned') continue;
    const isThere = next.includes(String(stored['callKey']));
    if ((state === 'done') !== isThere)
      violate('F1', `${callKey} dials again: ${state}, and the call is ${isThere ? '' : 'not '}there`);
  }
}

function callOf({ head, erased }: CallEvidence): Call | undefined {
  return (head ?? erased?.last)?.call;
}

function previousOf(call: Call | undefined): string | undefined {
  return (call?.flow?.input as RedialInput | undefined)?.previousCallKey;
}
