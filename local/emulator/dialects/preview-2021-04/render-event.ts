import type { Instant, LegEvent, LegNews, Outcome } from '../../core/leg-event.ts';
import { renderIdentifier } from './identifiers.ts';

const STATES = {
  connecting: 'Establishing',
  connected: 'Established',
  disconnecting: 'Terminating',
  disconnected: 'Terminated',
} as const;

const KEYS: Readonly<Record<string, string>> = { '*': 'Star', '#': 'Pound', F: 'Flash' };

/** An event as this preview sends it: the Event Grid schema with most members null, and data in PascalCase. Undefined for what it has no event for. */
export function renderEvent({ leg, at, news }: LegEvent) {
  const rendered = renderNews(news);
  if (rendered === undefined) return undefined;
  const { type, aspect, data } = rendered;
  return {
    id: news.type === 'invite' ? news.eventId : null,
    topic: null,
    subject: `callLeg/${leg.id}/${aspect}`,
    data: { ...data, CallLegId: leg.id },
    eventType: `Microsoft.Communication.${type}`,
    eventTime: renderInstant(at),
    metadataVersion: null,
    dataVersion: null,
  };
}

interface RenderedNews {
  readonly type: string;
  readonly aspect: string;
  readonly data: Record<string, unknown>;
}

function renderNews(news: LegNews): RenderedNews | undefined {
  switch (news.type) {
    case 'state': {
      const data = { ConversationId: news.conversationId, CallState: STATES[news.state] };
      return { type: 'CallLegStateChanged', aspect: 'callState', data };
    }
    case 'roster': {
      const Participants = news.entries.map(({ identity, participantId, isMuted }) => ({
        Identifier: renderIdentifier(identity),
        ParticipantId: participantId,
        IsMuted: isMuted,
      }));
      return { type: 'ParticipantsUpdated', aspect: 'participantsUpdated', data: { Participants } };
    }
    case 'tone': {
      const data = { ToneInfo: { SequenceId: news.sequenceId, Tone: renderKey(news.key) } };
      return { type: 'DtmfReceived', aspect: 'dtmf', data };
    }
    case 'play': {
      // A cancelled one says "Completed", and only its result tells the difference.
      const status = news.status === 'cancelled' ? 'completed' : news.status;
      return { type: 'PlayAudioResult', aspect: 'playAudio', data: renderResult({ ...news, status }) };
    }
    case 'invite': {
      const Participants = news.identities.map(renderIdentifier);
      const data = { ...renderResult(news), Participants };
      return { type: 'InviteParticipantResult', aspect: 'inviteParticipantResult', data };
    }
    case 'cancelInvite':
    case 'hold':
    case 'mediaStreaming':
    case 'move':
    case 'recognize':
    case 'recording':
    case 'remove':
    case 'sendTones':
    case 'tonesStopped':
    case 'transcription':
    case 'transfer':
      return undefined;
  }
}

interface OperationResult {
  readonly status: 'running' | 'completed' | 'failed';
  readonly operationContext: string | null;
  readonly outcome: Outcome | null;
}

function renderResult({ status, operationContext, outcome }: OperationResult) {
  return {
    ResultInfo:
      outcome === null ? null : { Code: outcome.code, Subcode: outcome.subcode, Message: outcome.message },
    OperationContext: operationContext,
    Status: `${status.charAt(0).toUpperCase()}${status.slice(1)}`,
  };
}

function renderKey(key: string): string {
  return /\d/.test(key) ? `Tone${key}` : (KEYS[key] ?? key);
}

/** Seven digits of a second, as .NET writes times. */
function renderInstant({ ms, ticks }: Instant): string {
  return `${new Date(ms).toISOString().slice(0, -1)}${String(ticks).padStart(4, '0')}Z`;
}
