import { type Action, endsCall, isPlacing, isSettled, needsWireId } from '../domain/action.ts';
import { type EventTime, earliest } from '../domain/event-time.ts';
import type { CallHead, Delivery } from '../store/call-head.ts';

/** The actions of a call, and where their sending stands. */
export type Ledger = Pick<CallHead, 'deliveries'> & {
  readonly call: Pick<CallHead['call'], 'actions' | 'wireId'>;
};

/** Somebody is sending the action, or was and did not come back. */
export function isInFlight(ledger: Ledger, action: Action): boolean {
  return !isSettled(action) && (ledger.deliveries[action.actionId]?.claimedBy ?? null) !== null;
}

/** Actions whose sender did not come back while its lease ran. */
export function abandoned(ledger: Ledger, now: EventTime): Action[] {
  return ledger.call.actions.filter(action => {
    const leaseUntil = ledger.deliveries[action.actionId]?.leaseUntil ?? null;
    return isInFlight(ledger, action) && leaseUntil !== null && leaseUntil <= now;
  });
}

/**
 * The action to send now: the first that is planned, unless one before it is being sent or waits; a hang-up overtakes
 * them all, but for a placing that is on its way: there is nothing to hang up yet. What names the call to ACS waits until
 * its id there is known, and goes out with the commit that learns it.
 */
export function nextToSend(ledger: Ledger, now: EventTime): Action | undefined {
  const { actions } = ledger.call;
  const hangUp = actions.find(action => endsCall(action) && action.state === 'planned');
  if (hangUp !== undefined && actions.some(action => isPlacing(action) && isInFlight(ledger, action)))
    return undefined;
  if (hangUp !== undefined && !isInFlight(ledger, hangUp))
    return maySend(ledger, hangUp, now) ? hangUp : undefined;
  const first = actions.find(
    action => isInFlight(ledger, action) || (action.state === 'planned' && !isHeldBack(ledger, action, now)),
  );
  if (first === undefined || isInFlight(ledger, first)) return undefined;
  return maySend(ledger, first, now) ? first : undefined;
}

/**
 * When somebody should look at the call's actions again, if nothing else happens; null when there is nothing to do.
 *
 * @param own the action that is looked after by whoever asks.
 */
export function waitsUntil(ledger: Ledger, own?: Action): EventTime | null {
  const isOpen = (action: Action) =>
    action.actionId !== own?.actionId &&
    (isInFlight(ledger, action) || (action.state === 'planned' && !isUntouched(ledger, action)));
  const first = ledger.call.actions.find(isOpen);
  const hangUp = ledger.call.actions.find(action => endsCall(action) && isOpen(action));
  let until: EventTime | null = null;
  for (const action of [first, hangUp]) {
    const delivery = action === undefined ? undefined : ledger.deliveries[action.actionId];
    const at = delivery?.leaseUntil ?? delivery?.notBefore ?? null;
    if (at !== null) until = earliest(until, at);
  }
  return until;
}

/** The delivery once its action is claimed: a request that is repeated keeps its first sending time and its callback URI. */
export function claimed(
  delivery: Delivery | undefined,
  claim: {
    readonly by: string;
    readonly now: EventTime;
    readonly leaseUntil: EventTime;
    readonly callbackUri: string | null;
  },
): Delivery {
  return {
    claimedBy: claim.by,
    leaseUntil: claim.leaseUntil,
    firstSentAt: delivery?.firstSentAt ?? claim.now,
    generation: delivery?.generation ?? 1,
    attempts: (delivery?.attempts ?? 0) + 1,
    isRepeat: (delivery?.firstSentAt ?? null) !== null,
    callbackUri: delivery?.firstSentAt == null ? claim.callbackUri : (delivery.callbackUri ?? null),
    notBefore: null,
  };
}

/**
 * The delivery once its sender gives the action back to be tried later. Only a request of which no send was carried
 * out is followed by a new one; a request whose outcome is unclear is repeated as it was, and stays unclear when the
 * repetition is turned away.
 */
export function released(
  delivery: Delivery,
  {
    notBefore,
    wasCarriedOut,
    reason,
  }: {
    readonly notBefore: EventTime;
    readonly wasCarriedOut: 'no' | 'unclear';
    /** Why it was given back, for people. */
    readonly reason: string;
  },
): Delivery {
  const given = { ...delivery, claimedBy: null, leaseUntil: null, notBefore, reason };
  return wasCarriedOut === 'no' && !delivery.isRepeat
    ? { ...given, firstSentAt: null, generation: delivery.generation + 1 }
    : given;
}

/**
 * The delivery of an action that finds no line free: nothing was sent, so that the try does not count. It is told when
 * there is one; the time is only for the case that it never is.
 */
export function waitingForLine(delivery: Delivery, notBefore: EventTime): Delivery {
  return {
    ...delivery,
    claimedBy: null,
    leaseUntil: null,
    firstSentAt: null,
    attempts: delivery.attempts - 1,
    notBefore,
    waitsForLine: true,
  };
}

/** The deliveries when a line is free for the call: what waits for one waits no longer. */
export function withLine(deliveries: CallHead['deliveries']): CallHead['deliveries'] {
  const waiting = Object.entries(deliveries).filter(
    ([, { waitsForLine, claimedBy }]) => waitsForLine === true && claimedBy === null,
  );
  const told = waiting.map(([actionId, delivery]) => [actionId, { ...delivery, notBefore: null }] as const);
  return waiting.length === 0 ? deliveries : { ...deliveries, ...Object.fromEntries(told) };
}

function maySend(ledger: Ledger, action: Action, now: EventTime): boolean {
  if (ledger.call.wireId === null && needsWireId(action)) return false;
  const notBefore = ledger.deliveries[action.actionId]?.notBefore ?? action.notBefore ?? null;
  return notBefore === null || notBefore <= now;
}

/** An action that is to wait holds up nothing behind it, and a timer says when its time has come. */
function isHeldBack(ledger: Ledger, action: Action, now: EventTime): boolean {
  return isUntouched(ledger, action) && !maySend(ledger, action, now);
}

function isUntouched(ledger: Ledger, { actionId, notBefore }: Action): boolean {
  return notBefore !== undefined && ledger.deliveries[actionId] === undefined;
}
