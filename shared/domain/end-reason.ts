import { isPlacing, turnsAway } from './action.ts';
import { type Call, endOf } from './call.ts';
import { explain } from './reason.ts';
import { standsForAction } from './request-of.ts';

/** Why a call ended, in the codes of ACS and in one sentence. */
export interface EndReason {
  readonly code: number | null;
  readonly subcode: number | null;
  readonly text: string;
}

/** Why a call ended; null while it is open. */
export function endReasonOf(call: Call): EndReason | null {
  if (endOf(call) === null) return null;
  if (call.endReason === null) return { code: null, subcode: null, text: unexplainedEnd(call) };
  const { code, subcode } = call.endReason;
  return { code, subcode, text: explain(call.endReason)?.text ?? 'It ended for no given reason.' };
}

/** The previews end a call without a reason. */
function unexplainedEnd(call: Call): string {
  const placing = call.wireId === null ? call.actions.find(isPlacing) : undefined;
  if (standsForAction(call)) return 'Nothing more is to be heard of the action on the conversation.';
  const away = call.actions.find(turnsAway);
  if (placing?.state === 'failed') {
    const what = placing.kind === 'answerCall' ? 'answered' : 'placed';
    return `The call was not ${what}: ${placing.reason}.`;
  }
  if (away?.state === 'done')
    return away.kind === 'rejectCall' ? 'The call was rejected.' : 'The call was sent on to somebody else.';
  if (away !== undefined) return `The call was not turned away: ${away.reason}.`;
  if (call.endedAt === null) return 'The end was inferred: nothing was heard of the call any more.';
  return call.wasConnected
    ? 'The call ended; this dialect does not say who ended it.'
    : 'The call ended before anybody answered; this dialect does not say why.';
}
