import { describe, expect, it } from 'vitest';
import { identityOf } from '../../../../local/emulator/core/identity.ts';
import type { LegNews, LegRef } from '../../../../local/emulator/core/leg-event.ts';
import { OUTCOMES } from '../../../../local/emulator/core/outcomes.ts';
import { renderEvent } from '../../../../local/emulator/dialects/ga/render-event.ts';
import { ga } from '../../../../shared/dialects/ga/ga.ts';
import { legRef } from '../../../support/emulator/leg-ref.ts';
import { loadFixture } from '../../../support/load-fixture.ts';

interface Fixture {
  readonly id: string;
  readonly time: string;
  readonly data: {
    readonly callConnectionId: string;
    readonly serverCallId: string;
    readonly correlationId: string;
    readonly operationContext?: string;
    readonly participant?: { readonly rawId: string };
    readonly participants?: readonly { readonly identifier: { readonly rawId: string } }[];
    readonly invitationId?: string;
    readonly fromCall?: string;
    readonly recordingId?: string;
    readonly startDateTime?: string;
    readonly transferTarget?: { readonly rawId: string };
    readonly transferee?: { readonly rawId: string };
  };
}

type Told = (data: Fixture['data'], operation: { readonly operationContext: string | null }) => LegNews;

const done = { outcome: OUTCOMES.done };
const someone = (data: Fixture['data']) => identityOf(data.participant?.rawId ?? '');
const state = (
  data: Fixture['data'],
  rest: Omit<Extract<LegNews, { type: 'state' }>, 'type' | 'conversationId'>,
) => ({ type: 'state', conversationId: data.serverCallId, ...rest }) as const;

/** What is told by each recorded event; messages are the emulator's own. */
const CASES: Readonly<Record<string, Told>> = {
  CallConnected: (data, operation) => state(data, { state: 'connected', ...operation }),
  'CallDisconnected.normal': (data, operation) =>
    state(data, {
      state: 'disconnected',
      ...operation,
      end: { kind: 'left', who: identityOf('+14255550142') },
    }),
  'CallDisconnected.byApp': (data, operation) =>
    state(data, { state: 'disconnected', ...operation, end: { kind: 'byApp' } }),
  'CreateCallFailed.busy': (data, operation) =>
    state(data, {
      state: 'disconnected',
      ...operation,
      end: { kind: 'unreached', who: identityOf('+14255550142'), outcome: OUTCOMES.busy },
    }),
  'ParticipantsUpdated.seq2': data => ({
    type: 'roster',
    sequenceNumber: 2,
    entries: (data.participants ?? []).map(({ identifier: { rawId } }) => {
      return { identity: identityOf(rawId), participantId: 'p', isMuted: false, isOnHold: false };
    }),
  }),
  ContinuousDtmfRecognitionToneReceived: (_, operation) => {
    return { type: 'tone', sequenceId: 1, key: '1', ...operation };
  },
  ContinuousDtmfRecognitionStopped: (_, operation) => ({ type: 'tonesStopped', ...operation }),
  PlayStarted: (_, operation) => ({ type: 'play', status: 'running', outcome: null, ...operation }),
  PlayCompleted: (_, operation) => ({ type: 'play', status: 'completed', ...operation, ...done }),
  PlayCanceled: (_, operation) => {
    return { type: 'play', status: 'cancelled', ...operation, outcome: OUTCOMES.cancelled };
  },
  PlayFailed: (_, operation) => {
    return { type: 'play', status: 'failed', ...operation, outcome: OUTCOMES.noDownload, failedIndex: 0 };
  },
  'RecognizeCompleted.stopTone': (_, operation) => ({
    type: 'recognize',
    status: 'completed',
    ...operation,
    outcome: OUTCOMES.stopTone,
    input: { kind: 'tones', keys: ['4', '2', '7'] },
  }),
  'RecognizeCompleted.choices': (_, operation) => ({
    type: 'recognize',
    status: 'completed',
    ...operation,
    outcome: OUTCOMES.phraseChosen,
    input: { kind: 'choice', label: 'Confirm', phrase: 'confirm' },
  }),
  'RecognizeCompleted.choicesByTone': (_, operation) => ({
    type: 'recognize',
    status: 'completed',
    ...operation,
    outcome: OUTCOMES.toneChosen,
    input: { kind: 'choice', label: 'Confirm', phrase: undefined },
  }),
  'RecognizeFailed.initialSilence': (_, operation) => {
    return { type: 'recognize', status: 'failed', ...operation, outcome: OUTCOMES.initialSilence };
  },
  'RecognizeFailed.incorrectTone': (_, operation) => {
    return { type: 'recognize', status: 'failed', ...operation, outcome: OUTCOMES.wrongTone };
  },
  'RecognizeFailed.playPrompt': (_, operation) => {
    return {
      type: 'recognize',
      status: 'failed',
      ...operation,
      outcome: OUTCOMES.promptFailed,
      failedIndex: 0,
    };
  },
  RecognizeCanceled: (_, operation) => {
    return { type: 'recognize', status: 'cancelled', ...operation, outcome: OUTCOMES.cancelled };
  },
  CancelAddParticipantSucceeded: ({ invitationId = '' }, operation) => {
    return { type: 'cancelInvite', status: 'completed', invitationId, ...operation, ...done };
  },
  CancelAddParticipantFailed: ({ invitationId = '' }, operation) => {
    return { type: 'cancelInvite', status: 'failed', invitationId, ...operation, outcome: OUTCOMES.tooLate };
  },
  RemoveParticipantSucceeded: (data, operation) => {
    return { type: 'remove', status: 'completed', identity: someone(data), ...operation, ...done };
  },
  RemoveParticipantFailed: (data, operation) => {
    return {
      type: 'remove',
      status: 'failed',
      identity: someone(data),
      ...operation,
      outcome: OUTCOMES.notThere,
    };
  },
  MoveParticipantSucceeded: (data, operation) => ({
    type: 'move',
    status: 'completed',
    identity: someone(data),
    fromCall: data.fromCall ?? '',
    ...operation,
    ...done,
  }),
  MoveParticipantFailed: (data, operation) => ({
    type: 'move',
    status: 'failed',
    identity: someone(data),
    fromCall: data.fromCall ?? '',
    ...operation,
    outcome: OUTCOMES.notThere,
  }),
  CallTransferAccepted: (data, operation) => ({
    type: 'transfer',
    status: 'completed',
    target: identityOf(data.transferTarget?.rawId ?? ''),
    transferee: identityOf(data.transferee?.rawId ?? ''),
    ...operation,
    ...done,
  }),
  CallTransferFailed: (data, operation) => ({
    type: 'transfer',
    status: 'failed',
    target: someone(data),
    transferee: someone(data),
    ...operation,
    outcome: OUTCOMES.declined,
  }),
  SendDtmfTonesCompleted: (_, operation) => ({
    type: 'sendTones',
    status: 'completed',
    ...operation,
    ...done,
  }),
  HoldFailed: (_, operation) => ({ type: 'hold', status: 'failed', ...operation, outcome: OUTCOMES.noHold }),
  TranscriptionStarted: (_, operation) => ({
    type: 'transcription',
    status: 'started',
    ...operation,
    ...done,
  }),
  TranscriptionUpdated: (_, operation) => ({
    type: 'transcription',
    status: 'updated',
    ...operation,
    ...done,
  }),
  TranscriptionStopped: (_, operation) => ({
    type: 'transcription',
    status: 'stopped',
    ...operation,
    ...done,
  }),
  MediaStreamingStarted: (_, operation) => ({
    type: 'mediaStreaming',
    status: 'started',
    ...operation,
    ...done,
  }),
  MediaStreamingStopped: (_, operation) => ({
    type: 'mediaStreaming',
    status: 'stopped',
    ...operation,
    ...done,
  }),
  'RecordingStateChanged.active': ({ recordingId = '', startDateTime = '' }) => {
    return { type: 'recording', recordingId, state: 'active', startedAtMs: Date.parse(startDateTime) };
  },
};

function render(news: LegNews, { id, time, data }: Fixture, leg: Partial<LegRef> = {}) {
  const { callConnectionId, serverCallId: conversationId, correlationId } = data;
  return renderEvent({
    id,
    leg: legRef(callConnectionId, { conversationId, correlationId, ...leg }),
    callbackUri: 'http://app',
    at: { ms: Date.parse(time), ticks: Number(time.slice(23, 27)) },
    news,
  });
}

/** The text of a message is nobody's promise; the codes in it are. */
function withoutWords(event: unknown): unknown {
  return JSON.parse(JSON.stringify(event), (key, value: unknown) =>
    key === 'message' && typeof value === 'string' ? (/DiagCode.*/.exec(value)?.[0] ?? '') : value,
  );
}

describe('renderEvent, of GA', () => {
  it.each(Object.entries(CASES))('writes %s as it is recorded', (name, told) => {
    const [fixture] = loadFixture(`ga/${name}.json`) as [Fixture];
    const operationContext = fixture.data.operationContext ?? null;

    const event = render(told(fixture.data, { operationContext }), fixture);

    expect(withoutWords(event)).toEqual(withoutWords(fixture));
  });

  it.each([
    { origin: 'placed', type: 'CreateCallFailed' },
    { origin: 'answered', type: 'AnswerFailed' },
    { origin: 'joined', type: 'ConnectFailed' },
  ] as const)('tells of a call that was $origin in vain by $type', ({ origin, type }) => {
    const [fixture] = loadFixture('ga/CallConnected.json') as [Fixture];
    const end = { kind: 'callerGone' } as const;
    const news = { type: 'state', state: 'disconnected', conversationId: null, end } as const;

    expect(render(news, fixture, { origin })?.type).toBe(`Microsoft.Communication.${type}`);
  });

  it.each(['connecting', 'disconnecting'] as const)('has no event for %s', state => {
    const [fixture] = loadFixture('ga/CallConnected.json') as [Fixture];

    expect(render({ type: 'state', state, conversationId: null }, fixture)).toBeUndefined();
  });

  it.each([...'0123456789*#ABCD'])('writes key %s as a tone that is understood', key => {
    const [fixture] = loadFixture('ga/CallConnected.json') as [Fixture];

    expect(ga.read(render({ type: 'tone', sequenceId: 1, key }, fixture))).toMatchObject({
      ok: true,
      event: { payload: { type: 'tone.received' } },
    });
  });
});
