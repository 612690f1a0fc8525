import { tellsTonesUnasked } from '../actions/dialect-support.ts';
import { type Action, addActions, isPlacing, plannedAction } from '../domain/action.ts';
import type { Call } from '../domain/call.ts';
import type { CallEvent } from '../domain/call-event.ts';
import type { Signal } from '../domain/signal.ts';
import { hash22 } from '../ids/hash22.ts';

/**
 * Has the keys of a call told, where the dialect tells of none unasked: once the callee is on the call they are listened
 * to, each by one action, planned before anything that is decided upon the same signal. So whoever asked for keys when the
 * call was placed is told of them in every dialect alike. One callee, or whoever called us, is there when the call is
 * connected; of several callees, those whom the roster shows. A call that joins others calls nobody in particular.
 */
export function withToneListening(
  call: Call,
  { signal, event }: { readonly signal: Signal; readonly event: CallEvent },
): Call {
  const placing = call.actions.find(isPlacing);
  if (placing === undefined || tellsTonesUnasked(call.dialect)) return call;
  const actions = heardFrom(placing, signal).map(participant => {
    const actionId = hash22([call.callKey, 'tones', participant].join('\n'));
    const action = { kind: 'startContinuousDtmf' as const, arguments: { participant } };
    return plannedAction({ actionId, action, at: event.at });
  });
  return { ...call, actions: addActions(call.actions, actions) };
}

/** Whose keys are to be told from now on. */
function heardFrom(placing: Action, signal: Signal): readonly string[] {
  const callees = calleesOf(placing);
  if (signal.type === 'connected') return callees.length === 1 ? callees : [];
  if (signal.type !== 'rosterChanged' || callees.length < 2) return [];
  return callees.filter(rawId => signal.present.includes(rawId));
}

/** Whom the call is with, where it asked for their keys. */
function calleesOf({ kind, arguments: given }: Action): readonly string[] {
  const { to, caller, events } = given;
  if (kind === 'answerCall') return typeof caller === 'string' ? [caller] : [];
  if (!Array.isArray(to) || !Array.isArray(events) || !events.includes('toneReceived')) return [];
  return to.map(String);
}
