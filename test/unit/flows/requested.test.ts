import { describe, expect, it } from 'vitest';
import type { ActionKind } from '../../../shared/domain/action.ts';
import type { Call } from '../../../shared/domain/call.ts';
import type { CallEvent, EventPayload } from '../../../shared/domain/call-event.ts';
import { applyEvent } from '../../../shared/flows/apply-event.ts';
import { listening } from '../../../shared/flows/decider.ts';
import { atSecond, CALL_KEY, callEvent } from '../../support/call-events.ts';

const draft = (kind: ActionKind) => ({ kind, arguments: {} });
const own = (second: number, payload: EventPayload): CallEvent => ({
  ...callEvent(atSecond(second), payload),
  wireId: null,
});
const requested = own(0, {
  type: 'call.requested',
  actionId: 'place',
  action: draft('placeCall'),
  flow: null,
});
const asked = (kind: ActionKind) => own(5, { type: 'action.requested', actionId: kind, action: draft(kind) });

function fold(...events: readonly CallEvent[]) {
  let call: Call | undefined;
  const signals: string[] = [];
  for (const event of events) {
    const applied = applyEvent(call, event, { callKey: CALL_KEY, decider: listening });
    call = applied.call;
    signals.push(...applied.signals.map(({ type }) => type));
  }
  return { call, signals };
}

describe('applyEvent, of requests', () => {
  it('begins a call of ours with its placing planned', () => {
    expect(fold(requested).call).toMatchObject({
      state: 'unknown',
      createdAt: atSecond(0),
      wireId: null,
      actions: [{ actionId: 'place', kind: 'placeCall', state: 'planned' }],
    });
  });

  it('plans what is asked for behind what is planned, once', () => {
    const { call } = fold(requested, asked('playAudio'), asked('playAudio'));

    expect(call?.actions.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
      'placeCall planned',
      'playAudio planned',
    ]);
  });

  it('skips what waits for a hang-up that is asked for, but not the placing', () => {
    const { call } = fold(requested, asked('playAudio'), asked('hangUp'));

    expect(call?.actions.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
      'placeCall planned',
      'playAudio skipped',
      'hangUp planned',
    ]);
  });

  it('tells a flow of the end of a call that could not be placed, once', () => {
    const failed = own(3, { type: 'action.failed', actionId: 'place', reason: 'no such number' });

    expect(fold(requested, asked('playAudio'), failed, { ...failed, at: atSecond(4) })).toMatchObject({
      call: { state: 'disconnected', actions: [{ state: 'failed' }, { state: 'skipped' }] },
      signals: ['actionEnded', 'disconnected'],
    });
  });
});
