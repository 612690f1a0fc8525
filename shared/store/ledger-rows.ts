import { type Action, isSettled } from '../domain/action.ts';
import type { Timer } from '../domain/timer.ts';
import { hash22 } from '../ids/hash22.ts';
import type { CallHead } from './call-head.ts';
import { encodeText } from './document.ts';
import type { RowWrite } from './table.ts';

/** An action as a row of its own: a projection of the head, for people and tools that look into the table. */
export function actionWrite({ deliveries }: Pick<CallHead, 'deliveries'>, action: Action): RowWrite {
  const {
    claimedBy = null,
    firstSentAt = null,
    attempts = 0,
    reason = '',
  } = deliveries[action.actionId] ?? {};
  const isSending = !isSettled(action) && claimedBy !== null;
  return {
    kind: 'upsert',
    rowKey: `o~${action.actionId}`,
    values: {
      ...encodeText(JSON.stringify(action.arguments)),
      kind: action.kind,
      state: isSending ? 'sending' : action.state,
      reason: action.reason ?? reason,
      plannedAt: action.plannedAt,
      firstSentAt: firstSentAt ?? '',
      attempts,
    },
  };
}

/** A timer as a row of its own: a projection of the head. */
export function timerWrite({ timerId, generation, dueAt, state }: Timer): RowWrite {
  return { kind: 'upsert', rowKey: `t~${hash22(timerId)}`, values: { timerId, generation, dueAt, state } };
}
