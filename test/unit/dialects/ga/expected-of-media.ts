import { done, type Golden, result, SERVER_CALL } from './golden.ts';

const RECORDING = 'a514d5f0-7928-4b5c-b2b3-5236f9f9d4d1';

/** What the fixtures about media say, by hand. */
export const EXPECTED_OF_MEDIA: Readonly<Record<string, Golden>> = {
  'PlayStarted.json': {
    id: '287713fb-a3b3-4aa8-abf8-16a9d6c273f9',
    at: '00:05:16.0823487',
    payload: { type: 'play.started', operationContext: 'play-welcome', result: done },
  },
  'PlayCompleted.json': {
    id: 'b6515590-0fcd-405a-8526-fc3366e9b7eb',
    at: '00:05:16.8134100',
    payload: { type: 'play.completed', operationContext: 'play-welcome', result: done },
  },
  'PlayFailed.json': {
    id: 'ab2a256c-234c-40f2-b5df-41e8cd74e742',
    at: '00:05:17.5444713',
    payload: {
      type: 'play.failed',
      operationContext: 'play-welcome',
      result: result(400, 8536, 'The audio file could not be downloaded.'),
      details: { failedPlaySourceIndex: 0 },
    },
  },
  'PlayCanceled.json': {
    id: '59f87668-6e8d-44e7-9491-7e323947cc68',
    at: '00:05:18.2755326',
    payload: {
      type: 'play.canceled',
      operationContext: 'play-welcome',
      result: result(400, 8508, 'The operation was canceled.'),
    },
  },
  'PlayPaused.json': {
    id: '03346343-bd8e-4056-afb7-1b1fcca2408c',
    at: '00:05:38.0121879',
    payload: { type: 'play.paused', operationContext: 'hold-1', result: done },
  },
  'PlayResumed.json': {
    id: 'a31fe7d0-f755-4536-a414-7991acbce09a',
    at: '00:05:38.7432492',
    payload: { type: 'play.resumed', operationContext: 'hold-1', result: done },
  },
  'RecognizeCompleted.dtmf.json': {
    id: '6e6046c1-667a-40ea-9c24-02e5eddf5aae',
    at: '00:05:19.0065939',
    payload: {
      type: 'input.collected',
      operationContext: 'menu-1',
      result: result(200, 8531, 'The maximum number of digits was received.'),
      input: { kind: 'tones', tones: ['one'] },
    },
  },
  'RecognizeCompleted.stopTone.json': {
    id: 'd27dc0c8-b606-4cac-af20-2f8aa1fceca2',
    at: '00:05:19.7376552',
    payload: {
      type: 'input.collected',
      operationContext: 'pin-1',
      result: result(200, 8514, 'A stop tone was detected.'),
      input: { kind: 'tones', tones: ['four', 'two', 'seven'] },
    },
  },
  'RecognizeCompleted.choices.json': {
    id: '4263b8c1-4faa-4016-9f1e-3c3fb1621abb',
    at: '00:05:20.4687165',
    payload: {
      type: 'input.collected',
      operationContext: 'menu-2',
      result: result(200, 8545, 'A speech option matched.'),
      input: { kind: 'choice', label: 'Confirm', phrase: 'confirm', confidence: 0.93 },
    },
  },
  'RecognizeCompleted.choicesByTone.json': {
    id: '4dd68c85-3a5a-4f0c-88e6-ab9000eae2c9',
    at: '00:05:21.1997778',
    payload: {
      type: 'input.collected',
      operationContext: 'menu-2',
      result: result(200, 8533, 'A DTMF option matched.'),
      input: { kind: 'choice', label: 'Confirm', phrase: null, confidence: null },
    },
  },
  'RecognizeCompleted.speech.json': {
    id: 'be2e6050-9302-4b03-b2ee-915ced8b3189',
    at: '00:05:21.9308391',
    payload: {
      type: 'input.collected',
      operationContext: 'open-1',
      result: result(200, 8569, 'Speech was recognized.'),
      input: { kind: 'speech', speech: 'please move my appointment to friday', confidence: 0.88 },
    },
  },
  'RecognizeFailed.initialSilence.json': {
    id: '94d8cd43-3e96-4047-b6f2-4aa90919dd29',
    at: '00:05:22.6619004',
    payload: {
      type: 'input.failed',
      operationContext: 'menu-1',
      result: result(400, 8510, 'No input before the initial silence timeout.'),
    },
  },
  'RecognizeFailed.playPrompt.json': {
    id: '26e18cf5-7616-4510-983f-650a61ca0a8a',
    at: '00:05:24.1230231',
    payload: {
      type: 'input.failed',
      operationContext: 'menu-1',
      result: result(400, 8511, 'The prompt could not be played.'),
      details: { failedPlaySourceIndex: 0 },
    },
  },
  'RecognizeFailed.incorrectTone.json': {
    id: '63b2d434-7126-4f8b-9130-33f1be961fa1',
    at: '00:05:24.8540844',
    payload: {
      type: 'input.failed',
      operationContext: 'menu-2',
      result: result(400, 8534, 'A tone outside the options was entered.'),
    },
  },
  'RecognizeCanceled.json': {
    id: 'bc7a0080-b09d-4ab2-a43e-f067e1708e9d',
    at: '00:05:25.5851457',
    payload: {
      type: 'input.canceled',
      operationContext: 'menu-1',
      result: result(400, 8508, 'The operation was canceled.'),
    },
  },
  'ContinuousDtmfRecognitionToneReceived.json': {
    id: '5adcaa5a-ec2b-4962-aa86-d792c9e04475',
    at: '00:05:26.3162070',
    payload: { type: 'tone.received', sequenceId: 1, tone: 'one' },
  },
  'ContinuousDtmfRecognitionToneFailed.json': {
    id: '3e79cdde-42d7-48ad-ac4e-74c89918f997',
    at: '00:05:27.0472683',
    payload: {
      type: 'tone.failed',
      operationContext: 'tones',
      result: result(400, 8520, 'Tone detection failed.'),
    },
  },
  'ContinuousDtmfRecognitionStopped.json': {
    id: '1e409b6c-a406-464d-b95e-3fa47188a78e',
    at: '00:05:27.7783296',
    payload: { type: 'tone.stopped', operationContext: 'tones', result: done },
  },
  'SendDtmfTonesCompleted.json': {
    id: '08e8afe7-832b-40cb-9366-43dfe5f7428f',
    at: '00:05:28.5093909',
    payload: { type: 'dtmf.sent', operationContext: 'ext-dial', result: done },
  },
  'SendDtmfTonesFailed.json': {
    id: 'cd5ee307-b476-4810-bf00-7feed5284db2',
    at: '00:05:29.2404522',
    payload: {
      type: 'dtmf.sendFailed',
      operationContext: 'ext-dial',
      result: result(400, 8501, 'The call is not established.'),
    },
  },
  'HoldFailed.json': {
    id: '92004aa1-bc60-4566-b714-73d7ccb2e3a3',
    at: '00:05:29.9715135',
    payload: {
      type: 'hold.failed',
      operationContext: 'hold-1',
      result: result(400, 8500, 'The media mode does not allow hold.'),
    },
  },
  'HoldAudioStarted.json': {
    id: '79db68e8-3beb-4012-9c38-606030f7172f',
    at: '00:05:39.4743105',
    payload: { type: 'hold.started', operationContext: 'hold-1', result: done },
  },
  'HoldAudioPaused.json': {
    id: 'ae9ef91e-ff4f-4093-adf7-61ca66b2afc0',
    at: '00:05:40.2053718',
    payload: { type: 'hold.paused', operationContext: 'hold-1', result: done },
  },
  'HoldAudioResumed.json': {
    id: '7635092b-c098-468f-81eb-bcd71378675b',
    at: '00:05:40.9364331',
    payload: { type: 'hold.resumed', operationContext: 'hold-1', result: done },
  },
  'HoldAudioCompleted.json': {
    id: 'a8686f7a-01c9-43a5-9c1b-f81b9b4dd545',
    at: '00:05:41.6674944',
    payload: { type: 'hold.completed', operationContext: 'hold-1', result: done },
  },
  'RecordingStateChanged.active.json': {
    id: '4a95e2d9-c361-468a-b80f-891aa096415f',
    at: '00:05:30.7025748',
    payload: {
      type: 'recording.state',
      recordingId: RECORDING,
      state: 'active',
      startedAt: '2026-03-18T00:05:20.1130000Z',
      conversationId: SERVER_CALL,
    },
  },
  'RecordingStateChanged.inactive.json': {
    id: '8984d2fc-dfe2-4fb3-912c-9cec694a6969',
    at: '00:05:31.4336361',
    payload: {
      type: 'recording.state',
      recordingId: RECORDING,
      state: 'inactive',
      startedAt: '2026-03-18T00:05:20.1130000Z',
      conversationId: SERVER_CALL,
    },
  },
  'StartRecordingFailed.json': {
    id: '50f44692-c9d2-491f-bd8f-860f762e4cbb',
    at: '00:05:32.1646974',
    payload: {
      type: 'recording.startFailed',
      operationContext: 'rec-1',
      result: result(400, 8553, 'A recording is already running.'),
      details: { recordingId: RECORDING },
    },
  },
  'TranscriptionStarted.json': {
    id: '679b6e5f-0de7-41ff-80b0-59fc45720623',
    at: '00:05:32.8957587',
    payload: {
      type: 'transcription.started',
      operationContext: 'tr-1',
      result: done,
      details: {
        transcriptionStatus: 'transcriptionStarted',
        transcriptionStatusDetails: 'subscriptionStarted',
      },
    },
  },
  'TranscriptionUpdated.json': {
    id: '7d7c4860-3ca7-4df0-a941-4aa7bf9c6355',
    at: '00:05:33.6268200',
    payload: {
      type: 'transcription.updated',
      operationContext: 'tr-1',
      result: done,
      details: {
        transcriptionStatus: 'transcriptionUpdated',
        transcriptionStatusDetails: 'transcriptionLocaleUpdated',
      },
    },
  },
  'TranscriptionStopped.json': {
    id: 'da60bcb1-fa5a-492d-b32f-13b6036960ab',
    at: '00:05:34.3578813',
    payload: {
      type: 'transcription.stopped',
      operationContext: 'tr-1',
      result: done,
      details: {
        transcriptionStatus: 'transcriptionStopped',
        transcriptionStatusDetails: 'subscriptionStopped',
      },
    },
  },
  'TranscriptionFailed.json': {
    id: 'bebc8fd7-4d45-4d0f-b92e-99630af3010b',
    at: '00:05:35.0889426',
    payload: {
      type: 'transcription.failed',
      operationContext: 'tr-1',
      result: result(500, 8578, 'Transcription failed.'),
      details: {
        transcriptionStatus: 'transcriptionFailed',
        transcriptionStatusDetails: 'streamConnectionUnsuccessful',
      },
    },
  },
  'MediaStreamingStarted.json': {
    id: '15d2d3c3-9dcc-45c5-b41b-de2caf089c07',
    at: '00:05:35.8190040',
    payload: {
      type: 'streaming.started',
      operationContext: 'ms-1',
      result: done,
      details: {
        contentType: 'Audio',
        mediaStreamingStatus: 'mediaStreamingStarted',
        mediaStreamingStatusDetails: 'subscriptionStarted',
      },
    },
  },
  'MediaStreamingStopped.json': {
    id: 'fc2635f3-b23e-4a70-aeb2-946e1208967d',
    at: '00:05:36.5500653',
    payload: {
      type: 'streaming.stopped',
      operationContext: 'ms-1',
      result: done,
      details: {
        contentType: 'Audio',
        mediaStreamingStatus: 'mediaStreamingStopped',
        mediaStreamingStatusDetails: 'subscriptionStopped',
      },
    },
  },
  'MediaStreamingFailed.json': {
    id: '3c4421d4-550e-4156-aec4-bc805e488c59',
    at: '00:05:37.2811266',
    payload: {
      type: 'streaming.failed',
      operationContext: 'ms-1',
      result: result(500, 8603, 'Media streaming failed.'),
      details: {
        contentType: 'Audio',
        mediaStreamingStatus: 'mediaStreamingFailed',
        mediaStreamingStatusDetails: 'initialWebSocketConnectionFailed',
      },
    },
  },
};
