import type { Identity } from '../../core/identity.ts';
import type { CallEnd, Outcome } from '../../core/leg-event.ts';
import { OUTCOMES } from '../../core/outcomes.ts';

/** How something went, as Call Automation tells it. */
export interface ResultInformation {
  readonly code: number;
  readonly subCode: number;
  readonly message: string;
  readonly sipDetails?: { readonly code: number; readonly message: string };
  readonly q850Details?: { readonly code: number; readonly message: string };
}

/** That all is well. */
export const COMPLETED = resultOf(OUTCOMES.done);

/** An outcome of an operation. */
export function resultOf({ code, subcode, message }: Outcome): ResultInformation {
  return { code, subCode: subcode, message };
}

/** Why a telephone did not come to the call: what the network says (SIP, RFC 3261; Q.850). Codes from 560000 on are its. */
const BY_NETWORK: ReadonlyMap<Outcome, ResultInformation> = new Map<Outcome, ResultInformation>([
  [
    OUTCOMES.busy,
    {
      ...diagnosed(486, 560486, 'The called number was busy.'),
      sipDetails: { code: 486, message: 'Busy Here' },
      q850Details: { code: 17, message: 'User busy' },
    },
  ],
  [
    OUTCOMES.declined,
    {
      ...diagnosed(603, 560603, 'The called number declined the call.'),
      sipDetails: { code: 603, message: 'Decline' },
      q850Details: { code: 21, message: 'Call rejected' },
    },
  ],
  [
    OUTCOMES.unanswered,
    {
      ...diagnosed(480, 560480, 'The called number did not answer.'),
      sipDetails: { code: 480, message: 'Temporarily Unavailable' },
      q850Details: { code: 19, message: 'No answer from user' },
    },
  ],
]);

/** Why a user did not come to the call. */
const BY_USER: ReadonlyMap<Outcome, ResultInformation> = new Map<Outcome, ResultInformation>([
  [OUTCOMES.declined, diagnosed(603, 0, 'The user declined the call.')],
  [OUTCOMES.unanswered, diagnosed(487, 10004, 'The call was not answered in time.')],
]);

/** Why somebody did not come to the call. */
export function unreachedResult(outcome: Outcome, who: Identity | undefined): ResultInformation {
  const known = (who?.kind === 'phone' ? BY_NETWORK : BY_USER).get(outcome);
  return known ?? diagnosed(outcome.code, outcome.subcode, outcome.message);
}

/** Why a call is over. */
export function endResult(end: CallEnd): ResultInformation {
  switch (end.kind) {
    case 'byApp':
      return ended(7000, 'The call was ended by the application.');
    case 'left':
      return ended(end.who?.kind === 'phone' ? 560000 : 0, 'The conversation has ended.');
    case 'transferred':
      return ended(0, 'The call was transferred.');
    case 'callerGone':
      return diagnosed(487, 540487, 'The caller hung up before the call was established.');
    case 'unreached':
      return unreachedResult(end.outcome, end.who);
  }
}

/** The end of a call is 200, whatever the code of the network is. */
function ended(subCode: number, message: string): ResultInformation {
  return { ...diagnosed(0, subCode, message), code: 200 };
}

function diagnosed(code: number, subCode: number, message: string): ResultInformation {
  return { code, subCode, message: `${message} DiagCode: ${code}#${subCode}.@` };
}
