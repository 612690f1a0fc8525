import type { DialectName } from '../../shared/domain/call-event.ts';
import { atSecond } from './call-events.ts';
import { element } from './preview-2021-04-elements.ts';

/** What happens on a call, whatever dialect it is told in. */
export type Scene =
  | { readonly what: 'rings' | 'isAnswered' | 'isEnding' | 'ends' | 'isBusy' }
  | { readonly what: 'pressesKey'; readonly number: number; readonly key: number }
  | { readonly what: 'isOn'; readonly number: number; readonly rawIds: readonly string[] }
  | { readonly what: 'promptBegins'; readonly context: string }
  | {
      readonly what: 'promptEnds';
      readonly context: string;
      readonly how: 'completed' | 'canceled' | 'failed';
    }
  | {
      readonly what: 'invitationEnds';
      readonly context: string;
      readonly rawId: string;
      readonly how: 'completed' | 'failed';
    };

/** A dialect that tells of calls. */
export type TellingDialect = Exclude<DialectName, 'event-grid'>;

export const TELLING_DIALECTS: readonly TellingDialect[] = ['preview-2021-04', 'preview-2021-08', 'ga'];

/** The call leg, or the call connection, of these calls. */
const CALL_ID = '5a1f3600-0d4b-4b7e-9c1d-3f2a6b8c9d10';
const CONVERSATION_ID = 'aHR0cHM6Ly9jb252LmV4YW1wbGUuaW52YWxpZC9jb252L0FiQ2RFZkdoSWpLbE1uT3A';

/** The codes of ACS for the ends of operations. */
const RESULTS = {
  completed: { code: 200, subcode: 0, message: 'It went well.' },
  canceled: { code: 400, subcode: 8508, message: 'It was canceled.' },
  failed: { code: 400, subcode: 8536, message: 'The file is not there.' },
} as const;

/** The event that tells it; undefined for what the dialect does not tell. */
export function told(dialect: TellingDialect, scene: Scene, second: number): object | undefined {
  return TELLERS[dialect](scene, second);
}

type Teller = (scene: Scene, second: number) => object | undefined;

const TELLERS: Readonly<Record<TellingDialect, Teller>> = {
  'preview-2021-04': (scene, second) => {
    const { type, data } = previewParts(scene, FIRST_PREVIEW);
    return element(type, data, { callLegId: CALL_ID, eventTime: atSecond(second) });
  },
  'preview-2021-08': (scene, second) => {
    const { type, data } = previewParts(scene, LATER_PREVIEW);
    return cloudEvent(type, { ...(lowered(data) as object), callConnectionId: CALL_ID }, second);
  },
  ga: (scene, second) => {
    const parts = gaParts(scene);
    if (parts === undefined) return undefined;
    const common = { callConnectionId: CALL_ID, serverCallId: CONVERSATION_ID, correlationId: 'correlation' };
    return cloudEvent(parts.type, { version: '2024-09-15', ...common, ...parts.data }, second);
  },
};

interface Parts {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** In what the previews differ: names, and states. */
interface PreviewWords {
  readonly stateChanged: string;
  readonly state: string;
  readonly conversation: string;
  readonly invitation: string;
  readonly states: readonly [rings: string, isAnswered: string, isEnding: string, ends: string];
  /** The later ones do not say whom an invitation is about. */
  readonly namesInvited: boolean;
}

const FIRST_PREVIEW: PreviewWords = {
  stateChanged: 'CallLegStateChanged',
  state: 'CallState',
  conversation: 'ConversationId',
  invitation: 'InviteParticipantResult',
  states: ['Establishing', 'Established', 'Terminating', 'Terminated'],
  namesInvited: true,
};

const LATER_PREVIEW: PreviewWords = {
  stateChanged: 'CallConnectionStateChanged',
  state: 'CallConnectionState',
  conversation: 'ServerCallId',
  invitation: 'AddParticipantResult',
  states: ['connecting', 'connected', 'disconnecting', 'disconnected'],
  namesInvited: false,
};

function previewParts(scene: Scene, words: PreviewWords): Parts {
  const [rings, isAnswered, isEnding, ends] = words.states;
  // A conversation that is known at the end proves that the call was connected.
  const stateChanged = (state: string, isInConversation: boolean): Parts => ({
    type: words.stateChanged,
    data: { [words.conversation]: isInConversation ? CONVERSATION_ID : null, [words.state]: state },
  });
  switch (scene.what) {
    case 'rings':
      return stateChanged(rings, false);
    case 'isAnswered':
      return stateChanged(isAnswered, true);
    case 'isEnding':
      return stateChanged(isEnding, true);
    case 'ends':
      return stateChanged(ends, true);
    case 'isBusy':
      return stateChanged(ends, false);
    case 'pressesKey': {
      const ToneInfo = { SequenceId: scene.number, Tone: `Tone${scene.key}` };
      return { type: 'DtmfReceived', data: { ToneInfo } };
    }
    case 'isOn': {
      const Participants = scene.rawIds.map(previewParticipant);
      return { type: 'ParticipantsUpdated', data: { Participants } };
    }
    case 'promptBegins':
      return { type: 'PlayAudioResult', data: { OperationContext: scene.context, Status: 'Running' } };
    case 'promptEnds':
      return { type: 'PlayAudioResult', data: previewResult(scene) };
    case 'invitationEnds': {
      const Participants = words.namesInvited ? { Participants: [{ RawId: scene.rawId }] } : {};
      return { type: words.invitation, data: { ...previewResult(scene), ...Participants } };
    }
  }
}

function previewResult({ context, how }: { readonly context: string; readonly how: keyof typeof RESULTS }) {
  const { code, subcode, message } = RESULTS[how];
  return {
    OperationContext: context,
    Status: how === 'completed' ? 'Completed' : 'Failed',
    ResultInfo: { Code: code, Subcode: subcode, Message: message },
  };
}

function previewParticipant(rawId: string): object {
  return { Identifier: { RawId: rawId }, ParticipantId: `endpoint-of-${rawId}`, IsMuted: false };
}

const GA_ENDS = { completed: 'Completed', canceled: 'Canceled', failed: 'Failed' } as const;

function gaParts(scene: Scene): Parts | undefined {
  switch (scene.what) {
    // GA tells of neither.
    case 'rings':
    case 'isEnding':
      return undefined;
    case 'isAnswered':
      return { type: 'CallConnected', data: {} };
    case 'ends':
      return { type: 'CallDisconnected', data: gaResult({ code: 0, subcode: 0, message: 'It ended.' }) };
    case 'isBusy':
      return {
        type: 'CreateCallFailed',
        data: gaResult({ code: 486, subcode: 10037, message: 'Busy.' }),
      };
    case 'pressesKey': {
      const tone = KEY_NAMES[scene.key];
      return { type: 'ContinuousDtmfRecognitionToneReceived', data: { sequenceId: scene.number, tone } };
    }
    case 'isOn': {
      const participants = scene.rawIds.map(rawId => ({ identifier: { rawId }, isMuted: false }));
      return { type: 'ParticipantsUpdated', data: { sequenceNumber: scene.number, participants } };
    }
    case 'promptBegins':
      return { type: 'PlayStarted', data: { operationContext: scene.context } };
    case 'promptEnds': {
      const data = { operationContext: scene.context, ...gaResult(RESULTS[scene.how]) };
      return { type: `Play${GA_ENDS[scene.how]}`, data };
    }
    case 'invitationEnds': {
      const { context, rawId, how } = scene;
      const data = { operationContext: context, participant: { rawId }, ...gaResult(RESULTS[how]) };
      return { type: `AddParticipant${how === 'completed' ? 'Succeeded' : 'Failed'}`, data };
    }
  }
}

const KEY_NAMES = ['zero', 'one', 'two', 'three', 'four'];

function gaResult({ code, subcode, message }: { code: number; subcode: number; message: string }) {
  return { resultInformation: { code, subCode: subcode, message } };
}

function cloudEvent(type: string, data: object, second: number): object {
  return {
    id: `${type}-${second}`,
    source: `calling/callConnections/${CALL_ID}`,
    type: `Microsoft.Communication.${type}`,
    data,
    time: atSecond(second),
    specversion: '1.0',
    datacontenttype: 'application/json',
    subject: `calling/callConnections/${CALL_ID}`,
  };
}

function lowered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lowered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name.charAt(0).toLowerCase() + name.slice(1),
      lowered(member),
    ]),
  );
}
