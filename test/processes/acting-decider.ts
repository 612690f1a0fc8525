import { type Policy, PREVIEW_POLICIES } from '../../shared/actions/policy.ts';
import type { ActionKind } from '../../shared/domain/action.ts';
import type { Decider } from '../../shared/flows/decider.ts';
import { deciderOf, draft } from '../support/deciders.ts';

/** Runs out while most calls of a burst are still being recorded, and after some of them have ended. */
const MENU_MS = 1_000;

/** Acts on a call in every way there is: at most once, at least once, repeatably, at once and by a timer. */
export const actingDecider: Decider = deciderOf(
  {
    connected: {
      actions: [draft('playAudio', 'greeting'), draft('addParticipants', 'agent')],
      arm: [{ timerId: 'menu', afterMs: MENU_MS }],
    },
    'tone#1:one': { actions: [draft('cancelMedia')] },
    'playAudio:play-1': { actions: [draft('playAudio', 'goodbye')] },
    'timer:menu#1': { actions: [draft('playAudio', 'menu'), draft('removeParticipant')] },
    disconnected: { actions: [draft('playAudio', 'too late')] },
  },
  'processes/1',
);

const POLICIES: Readonly<Record<ActionKind, Policy>> = { ...PREVIEW_POLICIES, addParticipants: 'repeatable' };

/** As for the previews, but for one kind that takes repeatability headers. */
export const policyOf = (kind: ActionKind): Policy => POLICIES[kind];
