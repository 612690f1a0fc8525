import type { EventTime } from './event-time.ts';

/** The follow-up requests that Ringback can make of ACS. */
export const ACTION_KINDS = [
  'placeCall',
  'joinCall',
  'answerCall',
  'rejectCall',
  'redirectCall',
  'hangUp',
  'endForAll',
  'playAudio',
  'playText',
  'playSsml',
  'recognize',
  'cancelMedia',
  'holdParticipant',
  'unholdParticipant',
  'startContinuousDtmf',
  'stopContinuousDtmf',
  'sendDtmf',
  'addParticipants',
  'cancelAddParticipant',
  'removeParticipant',
  'muteParticipant',
  'moveParticipants',
  'transferCall',
  'startRecording',
  'pauseRecording',
  'resumeRecording',
  'stopRecording',
  'startTranscription',
  'stopTranscription',
  'addToConversation',
  'removeFromConversation',
] as const;

/**
 * What a call can lead to: requests of ACS, and to dial again, which Ringback does by itself: it begins another call
 * like this one.
 */
export const PLANNED_KINDS = [...ACTION_KINDS, 'dialAgain'] as const;

export type ActionKind = (typeof PLANNED_KINDS)[number];

/**
 * How far an action is known to have come. `done` means that ACS took the request: how it went comes as an event and
 * is the operation's matter. An action that is being sent is still `planned` here: who sends it is no fact of the call.
 */
export type ActionState = 'planned' | 'skipped' | 'unknown' | 'failed' | 'done';

/** What a handler or a flow wants done. */
export interface ActionDraft {
  readonly kind: ActionKind;
  /** Plain JSON; stored as it is, so that every send of the request has the same body. */
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** What ACS calls what it began with an action, where other actions need to name it. */
export interface ActionIds {
  readonly recordingId?: string | undefined;
  /** Who we are on the call that it brought about, where ACS says so: a rawId. */
  readonly source?: string | undefined;
  /** Of the invitation of each participant, by rawId. */
  readonly invitations?: Readonly<Record<string, string>> | undefined;
}

/** A follow-up request of a call, decided once. */
export interface Action extends ActionDraft {
  /** Made from what triggered it, never from a delivery; also its operationContext. */
  readonly actionId: string;
  readonly plannedAt: EventTime;
  readonly state: ActionState;
  /** Why it failed, was skipped, or is unknown. */
  readonly reason: string | null;
  /** Once ACS took it, and only where it began something that has an id of its own. */
  readonly ids?: ActionIds | undefined;
  /** It waits until then; only of those that are to. */
  readonly notBefore?: EventTime;
}

/** What came out of an action: the further one wins, since what is known later is known better. */
const RANK: Readonly<Record<ActionState, number>> = {
  planned: 0,
  skipped: 1,
  unknown: 2,
  failed: 3,
  done: 4,
};

/** An action that was asked for, or decided, and of which nothing is known yet. */
export function plannedAction(request: {
  readonly actionId: string;
  readonly action: ActionDraft;
  readonly at: EventTime;
  readonly notBefore?: EventTime | undefined;
}): Action {
  const { actionId, action, at, notBefore } = request;
  return {
    kind: action.kind,
    arguments: action.arguments,
    actionId,
    plannedAt: at,
    state: 'planned',
    reason: null,
    ...(notBefore === undefined ? {} : { notBefore }),
  };
}

/** Adds what is new of the given actions, behind those that are planned already. */
export function addActions(actions: readonly Action[], planned: readonly Action[]): readonly Action[] {
  const known = new Set(actions.map(({ actionId }) => actionId));
  const fresh = planned.filter(({ actionId }) => !known.has(actionId));
  return fresh.length === 0 ? actions : [...actions, ...fresh];
}

/** The actions with what came out of one of them. */
export function settleAction(
  actions: readonly Action[],
  actionId: string,
  outcome: Pick<Action, 'state' | 'reason' | 'ids'>,
): readonly Action[] {
  return actions.map(action => {
    if (action.actionId !== actionId) return action;
    if (RANK[outcome.state] > RANK[action.state]) return { ...action, ...outcome };
    // A callback can prove that it was done before the answer comes, which alone has the ids.
    const isNamed = outcome.state === action.state && action.ids === undefined && outcome.ids !== undefined;
    return isNamed ? { ...action, ids: outcome.ids } : action;
  });
}

/** The actions with all that are still planned skipped, but for those that `keep` names. */
export function skipPlanned(
  actions: readonly Action[],
  reason: string,
  keep: (action: Action) => boolean = () => false,
): readonly Action[] {
  if (actions.every(action => action.state !== 'planned' || keep(action))) return actions;
  return actions.map(action =>
    action.state === 'planned' && !keep(action) ? { ...action, state: 'skipped', reason } : action,
  );
}

/** Whether the action ends the call, for us or for all: then nothing else is to be done on it. */
export function endsCall({ kind }: Pick<Action, 'kind'>): boolean {
  return kind === 'hangUp' || kind === 'endForAll';
}

/** Whether the request of an action names the call to ACS, which it cannot before ACS has told the call's id. */
export function needsWireId(action: Pick<Action, 'kind'>): boolean {
  return !isPlacing(action) && !turnsAway(action) && !isOnConversation(action) && !outlivesCall(action);
}

/** An action that is not to be carried out, or is not known to have been. */
export interface NotDone extends Action {
  readonly state: 'skipped' | 'unknown' | 'failed';
}

export function isNotDone(action: Action): action is NotDone {
  return action.state !== 'planned' && action.state !== 'done';
}

/** Whether nothing more is to be done for the action, though more may become known of it. */
export function isSettled(action: Action): boolean {
  return action.state !== 'planned' && action.state !== 'skipped';
}

/** Whether the action brings a call about. */
export function isPlacing({ kind }: Pick<Action, 'kind'>): boolean {
  return kind === 'placeCall' || kind === 'joinCall' || kind === 'answerCall';
}

/** Whether the action turns a call away that comes in: then nothing more is to be heard of it. */
export function turnsAway({ kind }: Pick<Action, 'kind'>): boolean {
  return kind === 'rejectCall' || kind === 'redirectCall';
}

/** Whether the action is no part of the call that planned it, and goes out though that is over. */
export function outlivesCall({ kind }: Pick<Action, 'kind'>): boolean {
  return kind === 'dialAgain';
}

/** Whether the action is about a conversation that we are not in: what it leads to is no call. */
export function isOnConversation({ kind }: Pick<Action, 'kind'>): boolean {
  return kind === 'addToConversation' || kind === 'removeFromConversation';
}
