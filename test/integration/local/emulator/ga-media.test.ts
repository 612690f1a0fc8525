import { DtmfTone } from '@azure/communication-call-automation';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  audioFile,
  BOB,
  type GaWorld,
  misunderstood,
  startGaWorld,
} from '../../../support/emulator/ga-world.ts';
import { pollUntil } from '../../../support/poll-until.ts';

const bob = { phoneNumber: BOB };

let world: GaWorld;
beforeAll(async () => {
  world = await startGaWorld();
});
afterAll(() => world.close());

describe('the SDK of ACS, about what is heard on calls', () => {
  it('plays files, text and SSML, to everybody or to one', async () => {
    const { media, connection } = await world.call('play');

    await media.playToAll([audioFile(0.5), audioFile(0.5)], { operationContext: 'play-files' });
    await media.play([{ kind: 'textSource', text: 'Hello' }], [bob], { operationContext: 'play-text' });
    const ssmlText = '<speak>Hello <break time="200ms"/></speak>';
    await media.playToAll([{ kind: 'ssmlSource', ssmlText }], { operationContext: 'play-ssml' });
    await world.eventOf('PlayCompleted', 'play-ssml');
    const url = 'https://media.example.invalid/a.wav?fail=8536';
    await media.playToAll([audioFile(0.5), { kind: 'fileSource', url }], { operationContext: 'play-none' });
    const failed = await world.eventOf('PlayFailed', 'play-none');
    await media.playToAll([audioFile(1)], { loop: true, operationContext: 'play-loop' });
    await world.eventOf('PlayStarted', 'play-loop');
    await media.playToAll([audioFile(0.5)], {
      interruptCallMediaOperation: true,
      operationContext: 'play-over',
    });
    await world.eventOf('PlayCompleted', 'play-over');
    await connection.hangUp(false);

    expect(failed.data).toMatchObject({ failedPlaySourceIndex: 1, resultInformation: { subCode: 8536 } });
    const words = world.words().filter(word => word.startsWith('Play'));
    expect(words).toEqual([
      'PlayStarted play-files 200/0',
      'PlayCompleted play-files 200/0',
      'PlayStarted play-text 200/0',
      'PlayCompleted play-text 200/0',
      'PlayStarted play-ssml 200/0',
      'PlayCompleted play-ssml 200/0',
      'PlayFailed play-none 400/8536',
      'PlayStarted play-loop 200/0',
      'PlayCanceled play-loop 400/8508',
      'PlayStarted play-over 200/0',
      'PlayCompleted play-over 200/0',
    ]);
  });

  it('recognizes tones', async () => {
    const { media, id, connection } = await world.call('tones');
    const press = (keys: string) => world.control('POST', `calls/${id}/press`, { keys });

    await media.startRecognizing(bob, {
      kind: 'callMediaRecognizeDtmfOptions',
      maxTonesToCollect: 4,
      stopDtmfTones: [DtmfTone.Pound],
      interToneTimeoutInSeconds: 20,
      initialSilenceTimeoutInSeconds: 60,
      interruptPrompt: true,
      playPrompt: audioFile(30),
      operationContext: 'pin',
    });
    const busy = media.startRecognizing(bob, {
      kind: 'callMediaRecognizeDtmfOptions',
      maxTonesToCollect: 1,
      operationContext: 'busy',
    });
    await expect(busy).rejects.toMatchObject({ statusCode: 412, code: '8583' });
    await expect(media.playToAll([audioFile(1)])).rejects.toMatchObject({ statusCode: 412, code: '8583' });
    await press('42#');
    const { data } = await world.eventOf('RecognizeCompleted', 'pin');
    await connection.hangUp(false);

    expect(data).toMatchObject({
      recognitionType: 'dtmf',
      dtmfResult: { tones: ['four', 'two'] },
      resultInformation: { code: 200, subCode: 8514 },
    });
  });

  it('recognizes choices by tone and by phrase, and speech', async () => {
    const { media, id, connection } = await world.call('choices');
    const choices = [
      { label: 'Confirm', phrases: ['Confirm', 'Yes'], tone: DtmfTone.One },
      { label: 'Cancel', phrases: ['No'], tone: DtmfTone.Two },
    ];
    const ask = (operationContext: string) =>
      media.startRecognizing(bob, {
        kind: 'callMediaRecognizeChoiceOptions',
        choices,
        initialSilenceTimeoutInSeconds: 60,
        operationContext,
      });

    await ask('by-tone');
    await world.control('POST', `calls/${id}/press`, { keys: '2' });
    const byTone = await world.eventOf('RecognizeCompleted', 'by-tone');
    await ask('by-phrase');
    await world.control('POST', `calls/${id}/say`, { text: 'yes.' });
    const byPhrase = await world.eventOf('RecognizeCompleted', 'by-phrase');
    await media.startRecognizing(bob, {
      kind: 'callMediaRecognizeSpeechOptions',
      endSilenceTimeoutInSeconds: 1,
      initialSilenceTimeoutInSeconds: 60,
      operationContext: 'speech',
    });
    await world.control('POST', `calls/${id}/say`, { text: 'on Friday' });
    const speech = await world.eventOf('RecognizeCompleted', 'speech');
    await media.startRecognizing(bob, {
      kind: 'callMediaRecognizeSpeechOrDtmfOptions',
      maxTonesToCollect: 1,
      initialSilenceTimeoutInSeconds: 2,
      operationContext: 'silence',
    });
    const silence = await world.eventOf('RecognizeFailed', 'silence');
    await ask('canceled');
    await media.cancelAllOperations();
    await world.eventOf('RecognizeCanceled', 'canceled');
    await connection.hangUp(false);

    expect(byTone.data).toMatchObject({
      choiceResult: { label: 'Cancel' },
      resultInformation: { subCode: 8533 },
    });
    expect(byPhrase.data).toMatchObject({
      recognitionType: 'choices',
      choiceResult: { label: 'Confirm', recognizedPhrase: 'Yes' },
      resultInformation: { subCode: 8545 },
    });
    expect(speech.data).toMatchObject({
      recognitionType: 'speech',
      speechResult: { speech: 'on Friday' },
      resultInformation: { subCode: 8569 },
    });
    expect(silence.data.resultInformation).toMatchObject({ code: 400, subCode: 8510 });
  });

  it('listens to tones, and sends some', async () => {
    const { media, id, connection } = await world.call('dtmf');

    await media.startContinuousDtmfRecognition(bob, { operationContext: 'listen' });
    await world.control('POST', `calls/${id}/press`, { keys: '1#' });
    const sent = await media.sendDtmfTones([DtmfTone.One, DtmfTone.Asterisk], bob, {
      operationContext: 'send',
    });
    await world.eventOf('SendDtmfTonesCompleted', 'send');
    await media.stopContinuousDtmfRecognition(bob, { operationContext: 'stop' });
    await world.eventOf('ContinuousDtmfRecognitionStopped', 'stop');
    await connection.hangUp(false);

    const tones = world.events().filter(({ type }) => type.endsWith('ToneReceived'));
    expect(tones.map(({ data }) => [data['sequenceId'], data['tone'], data.operationContext])).toEqual([
      [1, 'one', 'listen'],
      [2, 'pound', 'listen'],
    ]);
    expect(sent.operationContext).toBe('send');
  });

  it('has somebody wait, and goes on', async () => {
    const { connection, media } = await world.call('hold');

    await media.hold(bob, { playSource: audioFile(60), operationContext: 'hold' });
    await pollUntil('Bob waits', async () => (await connection.getParticipant(bob)).isOnHold || undefined);
    await media.hold(bob, { operationContext: 'hold-again' });
    const failed = await world.eventOf('HoldFailed', 'hold-again');
    await media.unhold(bob, { operationContext: 'unhold' });

    expect((await connection.getParticipant(bob)).isOnHold).toBe(false);
    await connection.hangUp(false);
    expect(failed.data.resultInformation.subCode).toBe(8500);
  });

  it('records', async () => {
    const { id, connection } = await world.call('record');
    const recording = world.client.getCallRecording();

    const { recordingId = '', recordingState } = await recording.start({
      callConnectionId: id,
      recordingStateCallbackEndpointUrl: world.callbackUri('recording'),
      recordingContent: 'audio',
      recordingChannel: 'mixed',
      recordingFormat: 'wav',
    });
    const { serverCallId = '' } = await connection.getCallConnectionProperties();
    const again = recording.start({ callLocator: { kind: 'serverCallLocator', id: serverCallId } });
    await expect(again).rejects.toMatchObject({ code: '8553' });
    await recording.pause(recordingId);
    const paused = await recording.getState(recordingId);
    await recording.resume(recordingId);
    await recording.stop(recordingId);
    await expect(recording.stop(recordingId)).rejects.toMatchObject({ statusCode: 404 });
    await connection.hangUp(false);
    await world.eventOf('CallDisconnected', 'record');

    expect([recordingState, paused.recordingState]).toEqual(['active', 'inactive']);
    const states = world.posted().filter(({ path }) => path.includes('/recording?'));
    expect(states.map(({ event }) => event.data['state'])).toEqual([
      'active',
      'inactive',
      'active',
      'inactive',
    ]);
  });

  it('has calls transcribed and streamed', async () => {
    const { media, connection } = await world.call('streams');

    await media.startTranscription({ locale: 'en-US', operationContext: 'transcribe' });
    await media.updateTranscription('de-DE', { operationContext: 'update' });
    await media.stopTranscription({ operationContext: 'stop-transcribing' });
    await media.startMediaStreaming({ operationContext: 'stream' });
    await expect(media.startMediaStreaming()).rejects.toMatchObject({ statusCode: 400, code: '8585' });
    await media.stopMediaStreaming({ operationContext: 'stop-streaming' });
    await world.eventOf('MediaStreamingStopped', 'stop-streaming');
    await connection.hangUp(false);

    const words = world.words().filter(word => /^(Transcription|MediaStreaming)/.test(word));
    expect(words).toEqual([
      'TranscriptionStarted transcribe 200/0',
      'TranscriptionUpdated update 200/0',
      'TranscriptionStopped stop-transcribing 200/0',
      'MediaStreamingStarted stream 200/0',
      'MediaStreamingStopped stop-streaming 200/0',
    ]);
  });

  it('is told of an operation at its own URL', async () => {
    const { media, connection } = await world.call('own-url');

    await media.playToAll([audioFile(0.5)], {
      operationContext: 'elsewhere',
      operationCallbackUrl: world.callbackUri('elsewhere'),
    });
    await world.eventOf('PlayCompleted', 'elsewhere');
    await connection.hangUp(false);

    const paths = world.posted().filter(({ event }) => event.data.operationContext === 'elsewhere');
    expect(new Set(paths.map(({ path }) => path))).toEqual(new Set(['/api/callbacks/elsewhere?sig=secret']));
  });

  it('hears nothing that it or the product would not understand', () => {
    expect(misunderstood(world)).toEqual([]);
    expect(new Set(world.events().map(({ type }) => type)).size).toBeGreaterThanOrEqual(18);
  });
});
