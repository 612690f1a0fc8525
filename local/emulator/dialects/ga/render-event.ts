import type { HeardInput, Instant, LegEvent, LegNews, LegRef } from '../../core/leg-event.ts';
import { EVENT_VERSION } from './api-versions.ts';
import { renderParticipant } from './call-properties.ts';
import { renderIdentifier } from './identifiers.ts';
import {
  COMPLETED,
  endResult,
  type ResultInformation,
  resultOf,
  unreachedResult,
} from './result-information.ts';
import { toneNameOf } from './tones.ts';

/** An event as Call Automation sends it: a CloudEvent (version 1.0). Undefined for what it has no event for. */
export function renderEvent({ id, leg, at, news }: LegEvent) {
  const rendered = renderNews(news, leg);
  if (rendered === undefined) return undefined;
  const type = `Microsoft.Communication.${rendered.type}`;
  const source = `calling/callConnections/${leg.id}`;
  return {
    id,
    source,
    type,
    data: {
      version: EVENT_VERSION,
      ...contextOf(news),
      resultInformation: rendered.result ?? COMPLETED,
      ...rendered.data,
      callConnectionId: leg.id,
      serverCallId: leg.conversationId,
      correlationId: leg.correlationId,
      publicEventType: type,
    },
    time: renderInstant(at),
    specversion: '1.0',
    datacontenttype: 'application/json',
    subject: source,
  };
}

interface RenderedNews {
  readonly type: string;
  readonly result?: ResultInformation;
  readonly data?: Record<string, unknown>;
}

type NewsOf<Type extends LegNews['type']> = Extract<LegNews, { readonly type: Type }>;

const RENDERERS: {
  readonly [Type in LegNews['type']]: (news: NewsOf<Type>, leg: LegRef) => RenderedNews | undefined;
} = {
  state: renderState,
  roster: ({ sequenceNumber, entries }) => ({
    type: 'ParticipantsUpdated',
    data: { sequenceNumber, participants: entries.map(renderParticipant) },
  }),
  tone({ key, sequenceId }) {
    const tone = toneNameOf(key);
    if (tone === undefined) return undefined;
    return { type: 'ContinuousDtmfRecognitionToneReceived', data: { sequenceId, tone } };
  },
  tonesStopped: () => ({ type: 'ContinuousDtmfRecognitionStopped' }),
  play: news => ({ ...told(PLAY_TYPES[news.status], news), ...failedSource(news) }),
  recognize: news => ({
    ...told(RECOGNIZE_TYPES[news.status], news),
    ...failedSource(news),
    ...(news.input === undefined ? {} : { data: renderInput(news.input) }),
  }),
  invite({ status, outcome, identities, invitationId }) {
    const [identity] = identities;
    const participant = identity && renderIdentifier(identity);
    const result = outcome === null ? COMPLETED : unreachedResult(outcome, identity);
    const type = `AddParticipant${RESULTS[status]}`;
    return { type, result, data: { participant, invitationId } };
  },
  cancelInvite: news => ({
    ...told(`CancelAddParticipant${RESULTS[news.status]}`, news),
    data: { invitationId: news.invitationId },
  }),
  remove: news => ({
    ...told(`RemoveParticipant${RESULTS[news.status]}`, news),
    data: { participant: renderIdentifier(news.identity) },
  }),
  move: news => ({
    ...told(`MoveParticipant${RESULTS[news.status]}`, news),
    data: { participant: renderIdentifier(news.identity), fromCall: news.fromCall },
  }),
  transfer: renderTransfer,
  sendTones: news =>
    told(news.status === 'completed' ? 'SendDtmfTonesCompleted' : 'SendDtmfTonesFailed', news),
  hold: news => told('HoldFailed', news),
  transcription: ({ status }) => ({
    type: `Transcription${STREAM_STATES[status]}`,
    data: {
      transcriptionUpdate: {
        transcriptionStatus: `transcription${STREAM_STATES[status]}`,
        transcriptionStatusDetails:
          status === 'updated' ? 'transcriptionLocaleUpdated' : `subscription${STREAM_STATES[status]}`,
      },
    },
  }),
  mediaStreaming: ({ status }) => ({
    type: `MediaStreaming${STREAM_STATES[status]}`,
    data: {
      mediaStreamingUpdate: {
        contentType: 'Audio',
        mediaStreamingStatus: `mediaStreaming${STREAM_STATES[status]}`,
        mediaStreamingStatusDetails: `subscription${STREAM_STATES[status]}`,
      },
    },
  }),
  recording: ({ recordingId, state, startedAtMs }) => ({
    type: 'RecordingStateChanged',
    data: {
      recordingId,
      state,
      startDateTime: renderInstant({ ms: Math.floor(startedAtMs), ticks: 0 }),
      recordingKind: 'azureCommunicationServices',
    },
  }),
};

const RESULTS = { completed: 'Succeeded', failed: 'Failed' } as const;
const STREAM_STATES = { started: 'Started', updated: 'Updated', stopped: 'Stopped' } as const;
const PLAY_TYPES = {
  running: 'PlayStarted',
  completed: 'PlayCompleted',
  cancelled: 'PlayCanceled',
  failed: 'PlayFailed',
} as const;
const RECOGNIZE_TYPES = {
  completed: 'RecognizeCompleted',
  cancelled: 'RecognizeCanceled',
  failed: 'RecognizeFailed',
} as const;
const FAILED_TYPES: Readonly<Record<LegRef['origin'], string>> = {
  placed: 'CreateCallFailed',
  answered: 'AnswerFailed',
  joined: 'ConnectFailed',
  outside: 'ConnectFailed',
};

function renderNews(news: LegNews, leg: LegRef): RenderedNews | undefined {
  // The table is typed by type, and TypeScript cannot tell that both sides have the same one.
  return (RENDERERS[news.type] as (news: LegNews, leg: LegRef) => RenderedNews | undefined)(news, leg);
}

/** There is no word of a call that only begins, or only ends. */
function renderState({ state, end }: NewsOf<'state'>, { origin }: LegRef): RenderedNews | undefined {
  if (state === 'connected') return { type: 'CallConnected' };
  if (state !== 'disconnected' || end === undefined) return undefined;
  const isFailure = end.kind === 'unreached' || end.kind === 'callerGone';
  return { type: isFailure ? FAILED_TYPES[origin] : 'CallDisconnected', result: endResult(end) };
}

function renderTransfer(news: NewsOf<'transfer'>): RenderedNews {
  if (news.status === 'failed') return told('CallTransferFailed', news);
  const [transferTarget, transferee] = [news.target, news.transferee].map(renderIdentifier);
  const result = { code: 202, subCode: 0, message: 'The transfer was accepted.' };
  return { type: 'CallTransferAccepted', result, data: { transferTarget, transferee } };
}

function told(type: string, { outcome }: Pick<NewsOf<'play'>, 'outcome'>): RenderedNews {
  return outcome === null ? { type } : { type, result: resultOf(outcome) };
}

function failedSource({ failedIndex }: { readonly failedIndex?: number }): Pick<RenderedNews, 'data'> {
  return failedIndex === undefined ? {} : { data: { failedPlaySourceIndex: failedIndex } };
}

function renderInput(input: HeardInput): Record<string, unknown> {
  switch (input.kind) {
    case 'tones': {
      const tones = input.keys.map(toneNameOf).filter(name => name !== undefined);
      return { recognitionType: 'dtmf', dtmfResult: { tones } };
    }
    case 'choice': {
      const spoken = input.phrase === undefined ? {} : { recognizedPhrase: input.phrase, confidence: 0.93 };
      return { recognitionType: 'choices', choiceResult: { label: input.label, ...spoken } };
    }
    case 'speech':
      return { recognitionType: 'speech', speechResult: { speech: input.text, confidence: 0.9 } };
  }
}

function contextOf(news: LegNews): { readonly operationContext?: string } {
  const context = 'operationContext' in news ? news.operationContext : null;
  return context == null ? {} : { operationContext: context };
}

/** Seven digits of a second, and the offset in full. */
function renderInstant({ ms, ticks }: Instant): string {
  return `${new Date(ms).toISOString().slice(0, -1)}${String(ticks).padStart(4, '0')}+00:00`;
}
