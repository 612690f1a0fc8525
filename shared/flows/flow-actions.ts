import * as z from 'zod';
import { draftOf } from '../actions/vocabulary/action-draft.ts';
import type { ActionInput } from '../actions/vocabulary/action-schema.ts';
import type { PlannedDraft } from './decider.ts';

/** The requests of ACS that a flow can make: all but those that bring its own call about. */
const REQUESTS = [
  'playAudio',
  'cancelMedia',
  'addParticipants',
  'removeParticipant',
  'hangUp',
  'endForAll',
  'addToConversation',
  'removeFromConversation',
  'playText',
  'playSsml',
  'recognize',
  'muteParticipant',
  'transferCall',
] as const;

type RequestKind = (typeof REQUESTS)[number];

const DAY_SECONDS = 86_400;

/** To dial again is done by the app itself: it is no request of ACS. */
export const dialAgainSchema = z
  .strictObject({
    afterSeconds: z
      .int('expected a number of seconds, such as 300')
      .min(0)
      .max(7 * DAY_SECONDS, 'expected at most seven days, 604800')
      .describe('How long to wait; at most seven days.'),
  })
  .describe(
    'Begins another call like this one, with the same flow, which is given `attempt` and `previousCallKey`. Goes out though this call is over.',
  );

/** What a flow can do, by the kind of each action. */
export const FLOW_ACTION_KINDS = [...REQUESTS, 'dialAgain'] as const;

export type FlowActionKind = (typeof FLOW_ACTION_KINDS)[number];

interface Named {
  /** What the flow calls the action, to know it again when a signal tells of it. */
  readonly name?: string;
}

/** What an action of one kind is given. */
export type FlowActionParams<Kind extends FlowActionKind> = Named &
  (Kind extends RequestKind
    ? Omit<Extract<ActionInput, { readonly kind: Kind }>, 'kind'>
    : z.input<typeof dialAgainSchema>);

/** Whether a flow can do that. */
export function isFlowAction(kind: string): kind is FlowActionKind {
  return FLOW_ACTION_KINDS.some(known => known === kind);
}

/**
 * What a flow wants done, as it is planned.
 *
 * @throws RangeError naming what is wrong with it.
 */
export function flowDraftOf(kind: FlowActionKind, params: unknown): PlannedDraft {
  const { name, ...members } = (params ?? {}) as Readonly<Record<string, unknown>>;
  const draft = orNamed(kind, () =>
    kind === 'dialAgain'
      ? { kind, arguments: dialAgainSchema.parse(members) }
      : draftOf({ ...members, kind } as ActionInput),
  );
  return name === undefined ? draft : { ...draft, name: String(name) };
}

function orNamed(kind: FlowActionKind, make: () => PlannedDraft): PlannedDraft {
  try {
    return make();
  } catch (cause) {
    const what = cause instanceof z.ZodError ? cause.issues.map(({ message }) => message).join('; ') : cause;
    throw new RangeError(`${kind}: ${what instanceof Error ? what.message : what}`, { cause });
  }
}
