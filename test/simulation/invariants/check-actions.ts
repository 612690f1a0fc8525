import { isInFlight } from '../../../shared/actions/claims.ts';
import { type Action, outlivesCall } from '../../../shared/domain/action.ts';
import { type Call, endOf } from '../../../shared/domain/call.ts';
import type { SimulatedAcs } from '../simulated-provider.ts';
import type { CallEvidence } from './evidence.ts';

interface Context {
  readonly acs: SimulatedAcs;
  /** Something went wrong after which nobody can know whether a claimed action was sent. */
  readonly mayLoseClaims: boolean;
  readonly violate: (invariant: string, detail: string) => void;
}

/** I5 and I6: every action came to an end, and what its state says is what ACS did. */
export function checkActions(
  { callKey, head }: CallEvidence,
  { acs, mayLoseClaims, violate }: Context,
): void {
  if (head === undefined) return;
  const ids = new Set(head.call.actions.map(({ actionId }) => actionId));
  if (ids.size !== head.call.actions.length) violate('I4', `${callKey} has an action twice`);
  for (const action of head.call.actions) {
    const what = `${action.kind} ${action.actionId} of ${callKey}`;
    if (action.state === 'planned') violate('I6', `${what} is still planned`);
    if (isInFlight(head, action)) violate('I6', `${what} is still being sent`);
    // Of what outlives its call ACS knows nothing; see checkFlows.
    if (!outlivesCall(action)) checkCarriedOut(action, what, { acs, mayLoseClaims, violate });
  }
  checkTimers(head.call, callKey, violate);
}

function checkCarriedOut(action: Action, what: string, { acs, mayLoseClaims, violate }: Context): void {
  const isNeverAskedFor = action.state === 'unknown' && !acs.requests.has(action.actionId);
  if (isNeverAskedFor && !mayLoseClaims) violate('I5', `${what} is unknown, and nobody ever asked for it`);
  const executions = acs.executions.get(action.actionId) ?? 0;
  const wrong = wrongAbout(action, executions, acs.policyOf(action.kind) === 'atLeastOnce');
  if (wrong !== undefined)
    violate('I5', `${what} is ${action.state} and was carried out ${executions} times: ${wrong}`);
}

function wrongAbout({ state }: Action, executions: number, mayRepeat: boolean): string | undefined {
  if (executions > 1 && !mayRepeat) return 'once is the most';
  if (state === 'done' && executions === 0) return 'done means that it was';
  if ((state === 'failed' || state === 'skipped') && executions > 0) return `${state} means that it was not`;
  return undefined;
}

function checkTimers(call: Call, callKey: string, violate: Context['violate']): void {
  for (const { timerId, generation, state } of call.timers) {
    if (state !== 'armed') continue;
    const when = endOf(call) === null ? '' : ' after the end';
    violate('I6', `timer ${timerId}#${generation} of ${callKey} is still armed${when}`);
  }
}
