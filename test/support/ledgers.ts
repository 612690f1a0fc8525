import type { Action } from '../../shared/domain/action.ts';
import type { Delivery } from '../../shared/store/call-head.ts';
import { atSecond } from './call-events.ts';

/** A planned action; its id is its kind unless told otherwise. */
export function actionOf(members: Pick<Action, 'kind'> & Partial<Action>): Action {
  return {
    actionId: members.kind,
    arguments: {},
    plannedAt: atSecond(0),
    state: 'planned',
    reason: null,
    ...members,
  };
}

/** A delivery as the first claim of an action leaves it: claimed at second 0, for two minutes. */
export function claimedDelivery(members: Partial<Delivery> = {}): Delivery {
  return {
    claimedBy: 'commit-1',
    leaseUntil: atSecond(120),
    firstSentAt: atSecond(0),
    generation: 1,
    attempts: 1,
    isRepeat: false,
    callbackUri: null,
    notBefore: null,
    ...members,
  };
}

/** A delivery whose sender gave it back without knowing what came of it. */
export function givenBack(members: Partial<Delivery> = {}): Delivery {
  return claimedDelivery({ claimedBy: null, leaseUntil: null, notBefore: atSecond(30), ...members });
}
