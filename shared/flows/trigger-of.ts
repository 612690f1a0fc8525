import type { Signal } from '../domain/signal.ts';

/** What a signal is about, in a text that is the same for every delivery and every order: part of an action's id. */
export function triggerOf(signal: Signal): string {
  switch (signal.type) {
    case 'connected':
    case 'disconnected':
      return signal.type;
    case 'toneReceived':
      return `tone#${signal.sequenceId}:${signal.tone}`;
    case 'rosterChanged':
      return `roster:${signal.at}`;
    case 'operationEnded':
      // An invitation of several ends once for each of those that an event names.
      return [signal.kind, signal.operationContext ?? '', ...signal.participants.toSorted()].join(':');
    case 'timerFired':
      return `timer:${signal.timerId}#${signal.generation}`;
    case 'actionEnded':
      return `action:${signal.actionId}:${signal.state}`;
  }
}
