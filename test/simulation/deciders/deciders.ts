import type { ActionDraft } from '../../../shared/domain/action.ts';
import { type Decider, type Decision, listening } from '../../../shared/flows/decider.ts';

const PROMPT = {
  kind: 'playAudio',
  arguments: { audioFileUri: 'https://media.example.invalid/menu.wav' },
} as const;
const REMINDER = {
  kind: 'playAudio',
  arguments: { audioFileUri: 'https://media.example.invalid/reminder.wav' },
} as const;
const COLLEAGUE = { kind: 'addParticipants', arguments: { participants: ['4:+14255550199'] } } as const;
const CUT_SHORT: ActionDraft = { kind: 'cancelMedia', arguments: {} };
const HANG_UP: ActionDraft = { kind: 'hangUp', arguments: {} };

const SILENCE = 'silence';
const SILENCE_MS = 10_000;

/**
 * A menu: greets whoever answers, does what the keys say, reminds after a silence and hangs up after another. What it
 * decides of connections, keys and operations depends on the signal alone, so its plan does not depend on the order.
 */
const menu: Decider = {
  version: 'menu-1',
  decide(_call, signal): Decision {
    switch (signal.type) {
      case 'disconnected':
      case 'rosterChanged':
      case 'actionEnded':
        return {};
      case 'connected':
        return { actions: [PROMPT], arm: [{ timerId: SILENCE, afterMs: SILENCE_MS }] };
      case 'toneReceived':
        return { actions: byTone(signal.tone), cancel: [SILENCE] };
      case 'operationEnded':
        return signal.kind === 'addParticipants' ? { actions: [PROMPT] } : {};
      case 'timerFired':
        return signal.generation < 3
          ? { actions: [REMINDER], arm: [{ timerId: SILENCE, afterMs: SILENCE_MS }] }
          : { actions: [HANG_UP] };
    }
  },
};

function byTone(tone: string): readonly ActionDraft[] {
  switch (tone) {
    case 'one':
      return [CUT_SHORT, PROMPT];
    case 'two':
      return [COLLEAGUE];
    case 'pound':
      return [HANG_UP];
    default:
      return [REMINDER];
  }
}

/** Says one thing to whoever answers, one more when it is asked to, and hangs up when that goes on for long. */
const greeting: Decider = {
  version: 'greeting-1',
  decide(_call, signal): Decision {
    switch (signal.type) {
      case 'disconnected':
      case 'rosterChanged':
      case 'operationEnded':
      case 'actionEnded':
        return {};
      case 'connected':
        return { actions: [PROMPT], arm: [{ timerId: 'last', afterMs: 5_000 }] };
      case 'toneReceived':
        return { actions: [REMINDER], cancel: ['last'] };
      case 'timerFired':
        return { actions: [HANG_UP] };
    }
  },
};

/** A queue of prompts: three at once, which have to go out one after the other. */
const announcements: Decider = {
  version: 'announcements-1',
  decide(_call, signal): Decision {
    switch (signal.type) {
      case 'disconnected':
      case 'rosterChanged':
      case 'operationEnded':
      case 'actionEnded':
        return {};
      case 'connected':
        return { actions: [PROMPT, COLLEAGUE, REMINDER], arm: [{ timerId: 'last', afterMs: 45_000 }] };
      case 'toneReceived':
        // Armed anew by every key: of the older alarms none may do anything.
        return { actions: [REMINDER], arm: [{ timerId: 'pause', afterMs: 4_000 }] };
      case 'timerFired':
        return signal.timerId === 'last' ? { actions: [HANG_UP] } : { actions: [PROMPT] };
    }
  },
};

/** The deciders that histories run with. */
export const DECIDERS = { menu, greeting, announcements, listening } as const satisfies Record<
  string,
  Decider
>;

export type DeciderName = keyof typeof DECIDERS;
