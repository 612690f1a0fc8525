import type { ActionInput } from '../../shared/actions/vocabulary/action-schema.ts';
import type { ActionKind } from '../../shared/domain/action.ts';

const PHONE = '+15550100';
const USER = '8:acs:a_b';

/** Where the recorded files put the id of the call. */
export const CALL_CONNECTION_ID = '411f0b00-0000-4000-8000-000000000001';

/** Requests of GA: the action that leads to each, its operationContext, and the file that it must look like. */
export const GA_ACTIONS: readonly {
  readonly fixture: string;
  readonly action: ActionInput;
  readonly actionId?: string;
}[] = [
  {
    fixture: 'createCall',
    action: {
      kind: 'placeCall',
      to: PHONE,
      callerId: '+18440100',
      displayName: 'Clinic',
      cognitiveServicesEndpoint: 'https://cog',
    },
    actionId: 'op1',
  },
  {
    fixture: 'createGroupCall',
    action: { kind: 'placeCall', to: [PHONE, USER], callerId: '+18440100' },
    actionId: 'op2',
  },
  { fixture: 'connect', action: { kind: 'joinCall', conversationId: 'srv' }, actionId: 'cn' },
  { fixture: 'answer', action: { kind: 'answerCall', incomingCallContext: 'ctx' }, actionId: 'a' },
  { fixture: 'reject', action: { kind: 'rejectCall', incomingCallContext: 'ctx', reason: 'busy' } },
  { fixture: 'redirect', action: { kind: 'redirectCall', incomingCallContext: 'ctx', to: USER } },
  { fixture: 'hangup', action: { kind: 'hangUp' } },
  { fixture: 'terminate', action: { kind: 'endForAll' } },
  {
    fixture: 'playToAll',
    action: { kind: 'playAudio', audioFileUri: 'https://f/a.wav', resourceId: 'c1' },
    actionId: 'p1',
  },
  {
    fixture: 'play-text',
    action: { kind: 'playText', text: 'hi', voice: 'en-US-NancyNeural', to: PHONE },
    actionId: 'p2',
  },
  {
    fixture: 'play-ssml',
    action: { kind: 'playSsml', ssml: '<speak>hi</speak>', loop: true },
    actionId: 'p3',
  },
  {
    fixture: 'recognize-dtmf',
    action: {
      kind: 'recognize',
      participant: PHONE,
      input: 'tones',
      prompt: { audioFileUri: 'https://f/menu.wav' },
      initialSilenceSeconds: 10,
      maxTones: 1,
      interToneSeconds: 5,
      stopTones: ['pound'],
    },
    actionId: 'r1',
  },
  {
    fixture: 'recognize-choices',
    action: {
      kind: 'recognize',
      participant: PHONE,
      input: 'choices',
      prompt: { text: 'say' },
      choices: [{ label: 'Confirm', phrases: ['confirm'], tone: 'one' }],
    },
    actionId: 'r2',
  },
  {
    fixture: 'recognize-speech',
    action: {
      kind: 'recognize',
      participant: PHONE,
      input: 'speech',
      prompt: { ssml: '<speak>say</speak>' },
      interruptPrompt: false,
      language: 'en-US',
      endSilenceSeconds: 3,
    },
    actionId: 'r3',
  },
  {
    fixture: 'recognize-speech-or-dtmf',
    action: { kind: 'recognize', participant: USER, input: 'speechOrTones', maxTones: 4 },
    actionId: 'r4',
  },
  { fixture: 'cancelAll', action: { kind: 'cancelMedia' } },
  { fixture: 'hold', action: { kind: 'holdParticipant', participant: PHONE }, actionId: 'h' },
  {
    fixture: 'hold-text',
    action: { kind: 'holdParticipant', participant: PHONE, prompt: { text: 'wait', language: 'en-US' } },
    actionId: 'h',
  },
  { fixture: 'unhold', action: { kind: 'unholdParticipant', participant: PHONE }, actionId: 'u' },
  { fixture: 'contDtmf-start', action: { kind: 'startContinuousDtmf', participant: PHONE }, actionId: 'd' },
  { fixture: 'contDtmf-stop', action: { kind: 'stopContinuousDtmf', participant: PHONE }, actionId: 'd' },
  {
    fixture: 'sendDtmf',
    action: { kind: 'sendDtmf', tones: ['one', 'pound'], participant: PHONE },
    actionId: 's',
  },
  {
    fixture: 'addParticipant',
    action: { kind: 'addParticipants', participants: [PHONE], callerId: '+18440100', ringingSeconds: 45 },
    actionId: 'ap',
  },
  { fixture: 'cancelAdd', action: { kind: 'cancelAddParticipant', invitationId: 'inv' }, actionId: 'ca' },
  { fixture: 'removeParticipant', action: { kind: 'removeParticipant', participant: PHONE }, actionId: 'rp' },
  { fixture: 'mute', action: { kind: 'muteParticipant', participant: USER }, actionId: 'mu' },
  {
    fixture: 'move',
    action: { kind: 'moveParticipants', participants: [PHONE], fromCall: 'FROMCID' },
    actionId: 'mv',
  },
  { fixture: 'transfer', action: { kind: 'transferCall', to: PHONE, transferee: USER }, actionId: 't' },
  {
    fixture: 'startRec',
    action: { kind: 'startRecording', content: 'audio', channels: 'unmixed', format: 'wav', paused: true },
  },
  { fixture: 'pauseRec', action: { kind: 'pauseRecording', recordingId: 'r' } },
  { fixture: 'resumeRec', action: { kind: 'resumeRecording', recordingId: 'r' } },
  { fixture: 'stopRec', action: { kind: 'stopRecording', recordingId: 'r' } },
  {
    fixture: 'startTranscription',
    action: { kind: 'startTranscription', language: 'en-US' },
    actionId: 'st',
  },
  { fixture: 'stopTranscription', action: { kind: 'stopTranscription' }, actionId: 'pt' },
];

/** What ACS is asked to do without repeatability headers, which it takes on all the rest. */
export const NOT_REPEATABLE: ReadonlySet<ActionKind> = new Set([
  'hangUp',
  'playAudio',
  'playText',
  'playSsml',
  'recognize',
  'cancelMedia',
  'holdParticipant',
  'unholdParticipant',
  'startContinuousDtmf',
  'stopContinuousDtmf',
  'pauseRecording',
  'resumeRecording',
  'stopRecording',
  'startTranscription',
  'stopTranscription',
]);
