import type { FlowActionKind, FlowActionParams } from './flow-actions.ts';
import type { FlowSignal } from './flow-signals.ts';

/**
 * The types of a flow's machine, for `setup({ types: {} as FlowTypes<Context, Input> })`.
 *
 * The context must be plain JSON. The input is what the flow's schema reads; the output is what the call came to.
 */
export interface FlowTypes<Context, Input = Readonly<Record<string, unknown>>> {
  context: Context;
  events: FlowSignal;
  input: Input;
}

/**
 * The actions of a flow's machine, for `setup({ actions: flowActions })`: declared, so that a machine is checked when it
 * is compiled. They do nothing by themselves: what a machine wants done is planned, recorded, and done by the app.
 */
export const flowActions = {
  playAudio: planned<'playAudio'>(),
  cancelMedia: plainlyPlanned(),
  addParticipants: planned<'addParticipants'>(),
  removeParticipant: planned<'removeParticipant'>(),
  hangUp: plainlyPlanned(),
  endForAll: plainlyPlanned(),
  addToConversation: planned<'addToConversation'>(),
  removeFromConversation: planned<'removeFromConversation'>(),
  playText: planned<'playText'>(),
  playSsml: planned<'playSsml'>(),
  recognize: planned<'recognize'>(),
  muteParticipant: planned<'muteParticipant'>(),
  transferCall: planned<'transferCall'>(),
  dialAgain: planned<'dialAgain'>(),
};

function planned<Kind extends FlowActionKind>() {
  return (_: unknown, _params: FlowActionParams<Kind>): void => undefined;
}

function plainlyPlanned() {
  return (): void => undefined;
}
