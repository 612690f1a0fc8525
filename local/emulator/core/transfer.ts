import type { CallLeg } from './call-leg.ts';
import type { Conversation, Member } from './conversation.ts';
import { type Identity, numberOrRawId } from './identity.ts';
import { OUTCOMES } from './outcomes.ts';
import type { OperationRequest } from './tone-listening.ts';

/** To whom the app hands somebody over. */
export interface TransferRequest extends OperationRequest {
  readonly target: Identity;
  /** Needed where the app is not alone with somebody. */
  readonly transferee: Identity | undefined;
}

/**
 * Rings the target. When they answer, the app is off the call that was for two; of a larger one the transferee leaves,
 * for a new conversation. When they do not, all stays as it was.
 */
export function transfer({
  leg,
  transferee,
  request,
  create,
}: {
  readonly leg: CallLeg;
  readonly transferee: Member;
  readonly request: TransferRequest;
  create(label: string): Conversation;
}): void {
  const { target, operationContext, callbackUri } = request;
  const isForTwo = leg.conversation.others.length === 1;
  const label = `${leg.leg.label}|transfer|${target.rawId}`;
  const conversation = isForTwo ? leg.conversation : create(label);
  leg.ringing.begin({
    identities: [target],
    label,
    conversation,
    settled([result]) {
      // The call is over, and what it had begun with it.
      if (leg.state !== 'connected') return;
      const failure = result?.outcome ?? null;
      const status = failure === null ? 'completed' : 'failed';
      const outcome = failure ?? OUTCOMES.done;
      const who = { target, transferee: transferee.identity };
      leg.tell({ type: 'transfer', status, operationContext, outcome, ...who }, callbackUri);
      if (failure !== null) {
        leg.endIfAlone();
        return;
      }
      leg.note({ kind: 'transferred', operationContext, who: numberOrRawId(transferee.identity) });
      if (isForTwo) leg.end({ kind: 'transferred' });
      else leg.conversation.move(transferee, conversation);
    },
  });
}
