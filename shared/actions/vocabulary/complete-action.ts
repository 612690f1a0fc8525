import type { DialectName } from '../../domain/call-event.ts';
import type { ProblemError } from '../../problems/problem.ts';
import { canBeAsked } from '../dialect-support.ts';
import type { ActionSpec } from './action-schema.ts';
import { numberOf } from './identity.ts';

/** Who calls, and which number is shown, where an action does not say. Raw ids. */
export interface CallerDefaults {
  readonly from?: string | undefined;
  readonly callerId?: string | undefined;
  /** The Azure AI services that speak and listen on calls of GA. */
  readonly cognitiveServicesEndpoint?: string | undefined;
}

/** An action that lacks nothing, or what it lacks. */
export type CompletedAction =
  | { readonly ok: true; readonly action: ActionSpec }
  | { readonly ok: false; readonly faults: readonly ProblemError[] };

/**
 * Fills in who calls, which number is shown and what speaks on the call. To be done when an action is planned, never when it is sent: what the
 * settings say then may be another thing.
 *
 * A caller id is filled in where a telephone is called, which ACS refuses to do without one. GA calls by the resource
 * itself: there nobody need be named who calls, and a service that speaks can be.
 *
 * @param options.pointer where in the request the action is.
 */
export function completeAction(
  action: ActionSpec,
  defaults: CallerDefaults,
  { dialect, pointer = '' }: { readonly dialect: DialectName; readonly pointer?: string | undefined },
): CompletedAction {
  const isPreview = !canBeAsked(dialect);
  const begun = isPreview ? withSource(action, defaults) : withVoice(action, defaults);
  const completed = withCallerId(begun, defaults);
  const faults: ProblemError[] = [];
  if (isPreview && 'from' in completed && completed.from === undefined)
    faults.push({ pointer: `${pointer}/from`, detail: NO_SOURCE });
  if (callsTelephone(completed) && 'callerId' in completed && completed.callerId === undefined)
    faults.push({ pointer: `${pointer}/callerId`, detail: NO_CALLER_ID });
  return faults.length === 0 ? { ok: true, action: completed } : { ok: false, faults };
}

const NO_SOURCE =
  'expected who calls, a user of ACS such as 8:acs:7c1f52d0-5b8e-4f0a-9f5d-2a6e3d9b4c10_0000001c, since the setting ACS_SOURCE_USER has none';
const NO_CALLER_ID =
  'expected a number of the ACS resource, such as +18335550100: telephones are called, and the setting CALLER_ID has none';

function withSource(action: ActionSpec, { from }: CallerDefaults): ActionSpec {
  return action.kind === 'placeCall' || action.kind === 'joinCall'
    ? { ...action, from: action.from ?? from }
    : action;
}

function withVoice(action: ActionSpec, { cognitiveServicesEndpoint }: CallerDefaults): ActionSpec {
  const begins = action.kind === 'placeCall' || action.kind === 'joinCall' || action.kind === 'answerCall';
  if (!begins || cognitiveServicesEndpoint === undefined) return action;
  return { cognitiveServicesEndpoint, ...action };
}

function withCallerId(action: ActionSpec, { callerId }: CallerDefaults): ActionSpec {
  const takesOne =
    action.kind === 'placeCall' || action.kind === 'addParticipants' || action.kind === 'addToConversation';
  if (!takesOne || action.callerId !== undefined || !callsTelephone(action)) return action;
  return { ...action, callerId };
}

/** Whether a telephone is among those whom the action calls. */
function callsTelephone(action: ActionSpec): boolean {
  const called =
    action.kind === 'placeCall' ? action.to : 'participants' in action ? action.participants : [];
  return called.some(rawId => numberOf(rawId) !== undefined);
}
