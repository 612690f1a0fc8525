import { type IncomingRoute, routeOf } from '../actions/incoming-routes.ts';
import { toDraft } from '../actions/vocabulary/action-draft.ts';
import { type CallerDefaults, completeAction } from '../actions/vocabulary/complete-action.ts';
import { isIdentity, withoutAssertion } from '../actions/vocabulary/identity.ts';
import { parseAction } from '../actions/vocabulary/parse-action.ts';
import type { CallEvent, EventPayload, IncomingCall } from '../domain/call-event.ts';
import type { EventTime } from '../domain/event-time.ts';
import { requestedActionId } from '../ids/requested-action-id.ts';
import { ownEvent } from './overdue.ts';

/** ACS rings for us so long; an answer after that is refused. */
const RINGS_MS = 30_000;

/** What is done about calls that come in. */
export interface IncomingPolicy {
  readonly routes: readonly IncomingRoute[];
  readonly callerDefaults: CallerDefaults;
}

/** What was decided about a call that comes in. `late`: it does not ring any more. */
export interface RoutedIncoming {
  readonly did: IncomingRoute['action'] | 'late';
  /** What is to be recorded beside the event; nothing where nothing is done. */
  readonly events: readonly CallEvent[];
}

/**
 * Decides about a call that comes in, as soon as its event is recorded. The decision is an event of the call that counts
 * once, whatever routes are in force when the call is delivered again; and since a call that was redirected comes in again
 * under the same key, what redirects it cannot do so for ever. Undefined where no event tells of such a call. Pure.
 */
export function routeIncoming(
  callKey: string,
  events: readonly CallEvent[],
  { now, policy }: { readonly now: EventTime; readonly policy: IncomingPolicy },
): RoutedIncoming | undefined {
  const incoming = events.find(
    (event): event is CallEvent<'call.incoming'> => event.type === 'call.incoming',
  );
  if (incoming === undefined) return undefined;
  if (Date.parse(now) - Date.parse(incoming.at) > RINGS_MS) return { did: 'late', events: [] };
  const route = routeOf(policy.routes, incoming);
  const asked = route && actionOf(route, incoming);
  if (route === undefined || asked === undefined) return { did: 'ignore', events: [] };
  const parsed = parseAction(asked);
  const completed = parsed.ok
    ? completeAction(parsed.action, policy.callerDefaults, { dialect: 'ga' })
    : parsed;
  if (!completed.ok) return { did: 'ignore', events: [] };
  const action = toDraft(completed.action);
  const actionId = requestedActionId(callKey);
  const payload: EventPayload =
    route.action === 'answer'
      ? { type: 'call.requested', actionId, action, flow: route.flow }
      : { type: 'action.requested', actionId, action };
  return { did: route.action, events: [ownEvent('ga', now, 'requested', payload)] };
}

function actionOf(route: IncomingRoute, { incomingCallContext, to, from }: IncomingCall): object | undefined {
  const caller = withoutAssertion(from ?? '');
  switch (route.action) {
    case 'answer':
      // Who hides their number cannot be listened to: no request can name them.
      return { kind: 'answerCall', incomingCallContext, ...(isIdentity(caller) && { caller }) };
    case 'reject':
      return { kind: 'rejectCall', incomingCallContext, reason: route.reason };
    case 'redirect':
      return route.target === withoutAssertion(to)
        ? undefined
        : { kind: 'redirectCall', incomingCallContext, to: route.target };
    case 'ignore':
      return undefined;
  }
}
