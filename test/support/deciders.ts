import type { ActionDraft, ActionKind } from '../../shared/domain/action.ts';
import type { Signal } from '../../shared/domain/signal.ts';
import type { Decider, Decision } from '../../shared/flows/decider.ts';
import { triggerOf } from '../../shared/flows/trigger-of.ts';

/** An action with arguments of its own, so that tests can tell that they arrive. */
export function draft(kind: ActionKind, label: string = kind): ActionDraft {
  return { kind, arguments: { label } };
}

/** Decides by a table: what a signal is about, as its trigger says, leads to its decision. */
export function deciderOf(decisions: Readonly<Record<string, Decision>>, version = 'test/1'): Decider {
  return { version, decide: (_, signal: Signal) => decisions[triggerOf(signal)] ?? {} };
}
