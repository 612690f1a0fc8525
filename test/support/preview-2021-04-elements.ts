/** The call leg of every element built here, unless told otherwise. */
export const CALL_LEG_ID = '5a1f3600-0d4b-4b7e-9c1d-3f2a6b8c9d10';

/** A conversation's id as long as real ones are. */
export const CONVERSATION_ID = 'aHR0cHM6Ly9jb252LmV4YW1wbGUuaW52YWxpZC9jb252L0FiQ2RFZkdoSWpLbE1uT3A';

/** What a test may set of an element: the rest is as this preview sends it. */
export interface ElementOptions {
  readonly callLegId?: string;
  readonly id?: string | null;
  readonly eventTime?: string;
}

/** An element of a callback: the envelope of this preview around the data. */
export function element(
  type: string,
  data: object,
  { callLegId = CALL_LEG_ID, id = null, eventTime = '2021-05-05T20:00:00.0000000Z' }: ElementOptions = {},
) {
  return {
    id,
    topic: null,
    subject: `callLeg/${callLegId}/${ASPECTS[type] ?? 'unknown'}`,
    data: { ...data, CallLegId: callLegId },
    eventType: `Microsoft.Communication.${type}`,
    eventTime,
    metadataVersion: null,
    dataVersion: null,
  };
}

const ASPECTS: Readonly<Record<string, string>> = {
  CallLegStateChanged: 'callState',
  DtmfReceived: 'dtmf',
  PlayAudioResult: 'playAudio',
  InviteParticipantResult: 'inviteParticipantResult',
  ParticipantsUpdated: 'participantsUpdated',
  CallRecordingStateChanged: 'recording',
};

/** A call leg that reached a state; its conversation is known from Established on. */
export function stateChanged(state: string, eventTime: string, conversationId: string | null = null) {
  return element('CallLegStateChanged', { ConversationId: conversationId, CallState: state }, { eventTime });
}

/** A key pressed. */
export function dtmfReceived(sequenceId: number, tone: string, eventTime: string) {
  return element('DtmfReceived', { ToneInfo: { SequenceId: sequenceId, Tone: tone } }, { eventTime });
}

/** How a prompt went. */
export function playAudioResult(
  status: string,
  eventTime: string,
  {
    code,
    subcode = 0,
    operationContext = 'play-1',
  }: { code?: number; subcode?: number; operationContext?: string | null } = {},
) {
  const ResultInfo =
    code === undefined ? null : { Code: code, Subcode: subcode, Message: `${code}/${subcode}` };
  return element(
    'PlayAudioResult',
    { ResultInfo, OperationContext: operationContext, Status: status },
    { eventTime },
  );
}

/** Who is on the call: `name`, or `name muted`. */
export function participantsUpdated(names: readonly string[], eventTime: string) {
  const Participants = names.map(listed => {
    const [name = '', muted] = listed.split(' ');
    return {
      Identifier: {
        RawId: `8:acs:${name}`,
        CommunicationUser: { Id: `8:acs:${name}` },
        PhoneNumber: null,
        MicrosoftTeamsUser: null,
      },
      ParticipantId: `endpoint-of-${name}`,
      IsMuted: muted !== undefined,
    };
  });
  return element('ParticipantsUpdated', { Participants }, { eventTime });
}
