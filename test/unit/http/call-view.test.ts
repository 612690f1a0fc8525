import { describe, expect, it } from 'vitest';
import type { ResultInfo } from '../../../shared/domain/call-event.ts';
import { callSummary, callView, journalView } from '../../../shared/http/call-view.ts';
import { atSecond, CALL_KEY, callEvent, fold } from '../../support/call-events.ts';

const connected = callEvent(atSecond(10), { type: 'call.connected', conversationId: 'conversation-1' });

function ended(reason: ResultInfo | null, wasConnected = false) {
  return callEvent(atSecond(60), { type: 'call.disconnected', conversationId: null, wasConnected, reason });
}

describe('callSummary', () => {
  it('tells the call in short', () => {
    expect(callSummary(fold([connected, ended(null)]).call)).toEqual({
      callKey: CALL_KEY,
      dialect: 'preview-2021-04',
      state: 'disconnected',
      callLegId: 'leg-1',
      conversationId: 'conversation-1',
      createdAt: atSecond(10),
      connectedAt: atSecond(10),
      endedAt: atSecond(60),
      outcome: 'answered',
    });
  });

  it('has null for what is not known yet', () => {
    const { call } = fold([callEvent(atSecond(0), { type: 'call.connecting', conversationId: null })]);

    expect(callSummary(call)).toMatchObject({
      conversationId: null,
      connectedAt: null,
      endedAt: null,
      outcome: null,
    });
  });
});

describe('callView', () => {
  it('gives no reason while the call is open', () => {
    expect(callView(fold([connected]).call).reason).toBeNull();
  });

  it.each([
    ['the dialect gives none after an answer', [connected, ended(null)], null, /does not say who ended it/],
    ['the dialect gives none before an answer', [ended(null)], null, /before anybody answered/],
    ['a code is known', [ended({ code: 486, subcode: null, message: 'Busy' })], 486, /busy/i],
    ['the codes are null', [ended({ code: null, subcode: null, message: '' })], null, /for no given reason/],
  ])('says why the call ended when %s', (_, events, code, text) => {
    expect(callView(fold(events).call).reason).toMatchObject({
      code,
      text: expect.stringMatching(text) as string,
    });
  });

  it('explains how an operation went, and how it went for each participant', () => {
    const result = { code: 486, subcode: 8539, message: 'It was busy.' };
    const { call } = fold([
      callEvent(atSecond(5), {
        type: 'participant.addFailed',
        operationContext: 'invite-1',
        result,
        participants: ['4:+14255550177'],
      }),
    ]);
    const [operation] = callView(call).operations;

    expect(operation).toMatchObject({ kind: 'addParticipants', status: 'failed', ...result });
    expect(operation?.reason?.text).toMatch(/busy/i);
    expect(operation?.participants[0]).toMatchObject({ rawId: '4:+14255550177', reason: operation?.reason });
  });

  it('explains nothing of an operation that runs', () => {
    const { call } = fold([
      callEvent(atSecond(5), { type: 'play.started', operationContext: 'play-1', result: null }),
    ]);

    expect(callView(call).operations[0]).toMatchObject({ status: 'running', reason: null });
  });
});

describe('journalView', () => {
  it('tells what an event says apart from what it is', () => {
    expect(journalView({ number: 3, event: connected })).toEqual({
      number: 3,
      type: 'call.connected',
      at: atSecond(10),
      receivedAt: atSecond(10),
      fingerprint: connected.fingerprint,
      dialect: 'preview-2021-04',
      callLegId: 'leg-1',
      data: { conversationId: 'conversation-1' },
    });
  });
});
