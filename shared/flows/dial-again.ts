import { addMilliseconds, epochMsOf } from '../clock.ts';
import { type Action, type ActionDraft, isPlacing, plannedAction } from '../domain/action.ts';
import type { Call } from '../domain/call.ts';
import type { CallEvent, EventPayload, FlowStart } from '../domain/call-event.ts';
import { derivedCallKey } from '../ids/call-key.ts';
import { requestedActionId } from '../ids/requested-action-id.ts';

/** The timer that wakes the call when it is time to dial again. */
export const REDIAL = '!dialAgain';

/** What a flow that dials again gives the next call's flow to start with, beside what it was given itself. */
export interface RedialInput {
  /** 1 for the first call, or absent. */
  readonly attempt?: number;
  readonly previousCallKey?: string;
}

/** What is stored of the wish to dial again: all that the next call begins with. */
interface RedialArguments {
  readonly afterSeconds: number;
  /** Of the next call: made from the action, so that it begins once however often the action is performed. */
  readonly callKey: string;
  readonly action: ActionDraft;
  readonly flow: FlowStart;
}

/**
 * The action that places a call anew, by the same flow, when its time has come.
 *
 * @throws RangeError for a call that was not placed by us, or that no flow runs.
 */
export function redialOf(
  call: Call,
  draft: ActionDraft,
  { actionId, event }: { readonly actionId: string; readonly event: CallEvent },
): Action {
  const placing = call.actions.find(isPlacing);
  if (placing === undefined || call.flow === null)
    throw new RangeError('Only a call that a flow placed can be dialled again.');
  const { name, version, input } = call.flow;
  const { attempt = 1 } = input as RedialInput;
  const afterSeconds = Number(draft.arguments['afterSeconds']);
  const again: RedialArguments = {
    afterSeconds,
    callKey: derivedCallKey(actionId, epochMsOf(event.at)),
    action: { kind: placing.kind, arguments: placing.arguments },
    flow: { name, version, input: { ...input, attempt: attempt + 1, previousCallKey: call.callKey } },
  };
  const notBefore = addMilliseconds(event.receivedAt, afterSeconds * 1000);
  const action = { kind: 'dialAgain' as const, arguments: { ...again } };
  return plannedAction({ actionId, action, at: event.at, notBefore });
}

/** The call that such an action begins, and the event that it begins with. */
export function redialled({ arguments: stored }: ActionDraft): {
  readonly callKey: string;
  readonly payload: EventPayload;
} {
  const { callKey, action, flow } = stored as unknown as RedialArguments;
  const actionId = requestedActionId(callKey);
  return { callKey, payload: { type: 'call.requested', actionId, action, flow } };
}
