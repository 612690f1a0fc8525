import { parseCallAutomationEvent } from '@azure/communication-call-automation';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  AGENT,
  asRead,
  BOB,
  BUSY,
  CAROL,
  DECLINES,
  type GaEvent,
  type GaWorld,
  GROUP,
  LINE,
  NEVER,
  startGaWorld,
} from '../../../support/emulator/ga-world.ts';
import { pollUntil } from '../../../support/poll-until.ts';

const bob = { phoneNumber: BOB };
const carol = { phoneNumber: CAROL };
const agent = { communicationUserId: AGENT };
const line = { phoneNumber: LINE };
const file = (seconds: number) => ({
  kind: 'fileSource' as const,
  url: `https://media.example.invalid/a.wav?seconds=${seconds}`,
});

let world: GaWorld;
beforeAll(async () => {
  world = await startGaWorld();
});
afterAll(() => world.close());

/** Waits for the event of a type with this context, and gives it. */
function eventOf(type: string, operationContext: string): Promise<GaEvent> {
  return pollUntil(`${type} ${operationContext} came; came: ${world.words().join(' | ')}`, () =>
    world
      .events()
      .find(
        event =>
          event.type === `Microsoft.Communication.${type}` &&
          event.data.operationContext === operationContext,
      ),
  );
}

/** Those of one call, in words, in the order in which they came. */
function wordsOf(callConnectionId: string): string[] {
  return world
    .events()
    .filter(({ data }) => data['callConnectionId'] === callConnectionId)
    .map(({ type, data }) => {
      const { code, subCode } = data.resultInformation;
      return `${type.replace('Microsoft.Communication.', '')} ${code}/${subCode}`;
    });
}

describe('the SDK of ACS', () => {
  it('places a call, looks at it, and hangs up', async () => {
    const { connection, id } = await world.call('place');

    const properties = await connection.getCallConnectionProperties();
    const { values = [] } = await connection.listParticipants();
    const participant = await connection.getParticipant(bob);
    await connection.hangUp(false);
    const end = await eventOf('CallDisconnected', 'place');

    expect(properties).toMatchObject({
      callConnectionId: id,
      callConnectionState: 'connected',
      targetParticipants: [{ kind: 'phoneNumber', phoneNumber: BOB }],
      sourceCallerIdNumber: { phoneNumber: LINE },
      callbackUrl: world.callbackUri('place'),
    });
    expect(properties.serverCallId).toBe(end.data['serverCallId']);
    expect(values.map(({ identifier }) => identifier?.kind)).toEqual(['communicationUser', 'phoneNumber']);
    expect(participant).toMatchObject({ identifier: { phoneNumber: BOB }, isMuted: false, isOnHold: false });
    expect(end.data.resultInformation).toMatchObject({
      code: 200,
      subCode: 7000,
      message: expect.stringContaining('DiagCode: 0#7000.@') as unknown,
    });
    expect(wordsOf(id)).toEqual([
      'CallConnected 200/0',
      'ParticipantsUpdated 200/0',
      'CallDisconnected 200/7000',
    ]);
    await expect(connection.getCallConnectionProperties()).rejects.toMatchObject({
      statusCode: 404,
      code: '8522',
    });
  });

  it('places a call to several, and ends it for all', async () => {
    const { callConnection, callConnectionProperties } = await world.client.createGroupCall(
      [bob, agent],
      world.callbackUri('group'),
      { sourceCallIdNumber: line, operationContext: 'group' },
    );
    await pollUntil('all three are there', async () => {
      const { values = [] } = await callConnection.listParticipants();
      return values.length === 3 ? true : undefined;
    });

    await callConnection.hangUp(true);
    await eventOf('CallDisconnected', 'group');

    const rosters = world
      .events()
      .filter(({ data }) => data['callConnectionId'] === callConnectionProperties.callConnectionId)
      .filter(({ type }) => type.endsWith('ParticipantsUpdated'));
    expect(rosters.map(({ data }) => data['sequenceNumber'])).toEqual(rosters.map((_, index) => index + 1));
  });

  it.each([
    { to: BUSY, name: 'is busy', code: 486, subCode: 560486, q850: 17 },
    { to: DECLINES, name: 'declines', code: 603, subCode: 560603, q850: 21 },
    { to: NEVER, name: 'does not answer', code: 480, subCode: 560480, q850: 19 },
  ])('hears of a callee who $name', async ({ to, code, subCode, q850 }) => {
    await world.client.createCall(
      { targetParticipant: { phoneNumber: to }, sourceCallIdNumber: line },
      world.callbackUri('failed'),
      { operationContext: to },
    );

    const { data } = await eventOf('CreateCallFailed', to);

    expect(data.resultInformation).toMatchObject({
      code,
      subCode,
      message: expect.stringContaining(`DiagCode: ${code}#${subCode}.@`) as unknown,
      sipDetails: { code },
      q850Details: { code: q850 },
    });
  });

  it('hears that the callee hung up', async () => {
    const { id } = await world.call('hung-up');

    await world.control('POST', `calls/${id}/hang-up`);

    const { data } = await eventOf('CallDisconnected', 'hung-up');
    expect(data.resultInformation).toMatchObject({ code: 200, subCode: 560000 });
  });

  it('plays files, text and SSML, to everybody or to one', async () => {
    const { media, connection } = await world.call('play');

    await media.playToAll([file(0.5), file(0.5)], { operationContext: 'play-files' });
    await media.play([{ kind: 'textSource', text: 'Hello' }], [bob], { operationContext: 'play-text' });
    const ssmlText = '<speak>Hello <break time="200ms"/></speak>';
    await media.playToAll([{ kind: 'ssmlSource', ssmlText }], { operationContext: 'play-ssml' });
    await eventOf('PlayCompleted', 'play-ssml');
    const url = 'https://media.example.invalid/a.wav?fail=8536';
    await media.playToAll([file(0.5), { kind: 'fileSource', url }], { operationContext: 'play-none' });
    const failed = await eventOf('PlayFailed', 'play-none');
    await media.playToAll([file(1)], { loop: true, operationContext: 'play-loop' });
    await eventOf('PlayStarted', 'play-loop');
    await media.playToAll([file(0.5)], { interruptCallMediaOperation: true, operationContext: 'play-over' });
    await eventOf('PlayCompleted', 'play-over');
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
      stopDtmfTones: ['pound'],
      interToneTimeoutInSeconds: 20,
      initialSilenceTimeoutInSeconds: 60,
      interruptPrompt: true,
      playPrompt: file(30),
      operationContext: 'pin',
    });
    const busy = media.startRecognizing(bob, {
      kind: 'callMediaRecognizeDtmfOptions',
      maxTonesToCollect: 1,
      operationContext: 'busy',
    });
    await expect(busy).rejects.toMatchObject({ statusCode: 412, code: '8583' });
    await expect(media.playToAll([file(1)])).rejects.toMatchObject({ statusCode: 412, code: '8583' });
    await press('42#');
    const { data } = await eventOf('RecognizeCompleted', 'pin');
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
      { label: 'Confirm', phrases: ['Confirm', 'Yes'], tone: 'one' as const },
      { label: 'Cancel', phrases: ['No'], tone: 'two' as const },
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
    const byTone = await eventOf('RecognizeCompleted', 'by-tone');
    await ask('by-phrase');
    await world.control('POST', `calls/${id}/say`, { text: 'yes.' });
    const byPhrase = await eventOf('RecognizeCompleted', 'by-phrase');
    await media.startRecognizing(bob, {
      kind: 'callMediaRecognizeSpeechOptions',
      endSilenceTimeoutInSeconds: 1,
      initialSilenceTimeoutInSeconds: 60,
      operationContext: 'speech',
    });
    await world.control('POST', `calls/${id}/say`, { text: 'on Friday' });
    const speech = await eventOf('RecognizeCompleted', 'speech');
    await media.startRecognizing(bob, {
      kind: 'callMediaRecognizeSpeechOrDtmfOptions',
      maxTonesToCollect: 1,
      initialSilenceTimeoutInSeconds: 2,
      operationContext: 'silence',
    });
    const silence = await eventOf('RecognizeFailed', 'silence');
    await ask('canceled');
    await media.cancelAllOperations();
    await eventOf('RecognizeCanceled', 'canceled');
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
    const sent = await media.sendDtmfTones(['one', 'asterisk'], bob, { operationContext: 'send' });
    await eventOf('SendDtmfTonesCompleted', 'send');
    await media.stopContinuousDtmfRecognition(bob, { operationContext: 'stop' });
    await eventOf('ContinuousDtmfRecognitionStopped', 'stop');
    await connection.hangUp(false);

    const tones = world.events().filter(({ type }) => type.endsWith('ToneReceived'));
    expect(tones.map(({ data }) => [data['sequenceId'], data['tone'], data.operationContext])).toEqual([
      [1, 'one', 'listen'],
      [2, 'pound', 'listen'],
    ]);
    expect(sent.operationContext).toBe('send');
  });

  it('adds, cancels, mutes and removes participants', async () => {
    const { connection, id } = await world.call('people');
    const ring = (phoneNumber: string, operationContext: string) =>
      connection.addParticipant(
        { targetParticipant: { phoneNumber }, sourceCallIdNumber: line },
        { operationContext, invitationTimeoutInSeconds: 30 },
      );

    const added = await ring(CAROL, 'add');
    const success = await eventOf('AddParticipantSucceeded', 'add');
    await ring(BUSY, 'add-busy');
    const busy = await eventOf('AddParticipantFailed', 'add-busy');
    const { invitationId = '' } = await ring(NEVER, 'add-never');
    await connection.cancelAddParticipantOperation(invitationId, { operationContext: 'cancel' });
    await eventOf('CancelAddParticipantSucceeded', 'cancel');
    await connection.cancelAddParticipantOperation(invitationId, { operationContext: 'again' });
    await eventOf('CancelAddParticipantFailed', 'again');
    await connection.muteParticipant(carol, { operationContext: 'mute' });
    const muted = await connection.getParticipant(carol);
    await connection.removeParticipant(carol, { operationContext: 'remove' });
    await eventOf('RemoveParticipantSucceeded', 'remove');
    await connection.removeParticipant(agent, { operationContext: 'remove-nobody' });
    await eventOf('RemoveParticipantFailed', 'remove-nobody');
    await connection.hangUp(false);

    expect(added).toMatchObject({ participant: { identifier: carol }, operationContext: 'add' });
    expect(success.data).toMatchObject({
      invitationId: added.invitationId,
      participant: { rawId: `4:${CAROL}`, phoneNumber: { value: CAROL } },
    });
    expect(busy.data.resultInformation).toMatchObject({ code: 486, subCode: 560486 });
    expect(muted.isMuted).toBe(true);
    expect(wordsOf(id)).not.toContain('AddParticipantFailed 487/0');
  });

  it('has somebody wait, and goes on', async () => {
    const { connection, media } = await world.call('hold');

    await media.hold(bob, { playSource: file(60), operationContext: 'hold' });
    await pollUntil('Bob waits', async () => (await connection.getParticipant(bob)).isOnHold || undefined);
    await media.hold(bob, { operationContext: 'hold-again' });
    const failed = await eventOf('HoldFailed', 'hold-again');
    await media.unhold(bob, { operationContext: 'unhold' });

    expect((await connection.getParticipant(bob)).isOnHold).toBe(false);
    await connection.hangUp(false);
    expect(failed.data.resultInformation.subCode).toBe(8500);
  });

  it('transfers a call for two, and is off it', async () => {
    const { connection, id } = await world.call('transfer');

    await connection.transferCallToParticipant({ phoneNumber: BUSY }, { operationContext: 'to-busy' });
    const failed = await eventOf('CallTransferFailed', 'to-busy');
    const { operationContext } = await connection.transferCallToParticipant(agent, {
      operationContext: 'to-agent',
    });
    const accepted = await eventOf('CallTransferAccepted', 'to-agent');
    await eventOf('CallDisconnected', 'transfer');

    expect(operationContext).toBe('to-agent');
    expect(failed.data.resultInformation).toMatchObject({ code: 486, subCode: 8539 });
    expect(accepted.data).toMatchObject({
      transferTarget: { communicationUser: { id: AGENT } },
      transferee: { phoneNumber: { value: BOB } },
    });
    expect(wordsOf(id).at(-1)).toBe('CallDisconnected 200/0');
  });

  it('moves somebody from one call to another', async () => {
    const from = await world.call('from', CAROL);
    const to = await world.call('to');

    const moved = await to.connection.moveParticipants([carol], from.id, { operationContext: 'move' });
    const success = await eventOf('MoveParticipantSucceeded', 'move');
    await to.connection.moveParticipants([carol], to.id, { operationContext: 'move-back' });
    await eventOf('CallDisconnected', 'from');

    const { values = [] } = await to.connection.listParticipants();
    await to.connection.hangUp(false);
    expect(moved).toMatchObject({ fromCall: from.id, operationContext: 'move' });
    expect(success.data).toMatchObject({ fromCall: from.id, participant: { rawId: `4:${CAROL}` } });
    expect(values.map(({ identifier }) => identifier)).toContainEqual(
      expect.objectContaining({ phoneNumber: CAROL }),
    );
  });

  it('connects to a conversation, and is refused where there is none', async () => {
    const { callConnection } = await world.client.connectCall(
      { kind: 'groupCallLocator', id: GROUP },
      world.callbackUri('connect'),
      { operationContext: 'connect' },
    );
    await eventOf('CallConnected', 'connect');
    const nowhere = world.client.connectCall({ kind: 'serverCallLocator', id: 'x' }, world.callbackUri('no'));
    await expect(nowhere).rejects.toMatchObject({ statusCode: 404, code: '8543' });
    await callConnection.hangUp(false);
    await eventOf('CallDisconnected', 'connect');
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
    await expect(recording.start({ callConnectionId: id })).rejects.toMatchObject({ code: '8553' });
    await recording.pause(recordingId);
    const paused = await recording.getState(recordingId);
    await recording.resume(recordingId);
    await recording.stop(recordingId);
    await expect(recording.stop(recordingId)).rejects.toMatchObject({ statusCode: 404 });
    await connection.hangUp(false);
    await eventOf('CallDisconnected', 'record');

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
    await eventOf('MediaStreamingStopped', 'stop-streaming');
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

    await media.playToAll([file(0.5)], {
      operationContext: 'elsewhere',
      operationCallbackUrl: world.callbackUri('elsewhere'),
    });
    await eventOf('PlayCompleted', 'elsewhere');
    await connection.hangUp(false);

    const paths = world.posted().filter(({ event }) => event.data.operationContext === 'elsewhere');
    expect(new Set(paths.map(({ path }) => path))).toEqual(new Set(['/api/callbacks/elsewhere?sig=secret']));
  });

  it('is refused before the call is established, and with what is not valid', async () => {
    const { callConnection } = await world.client.createCall(
      { targetParticipant: { phoneNumber: NEVER }, sourceCallIdNumber: line },
      world.callbackUri('ringing'),
    );

    const early = callConnection.getCallMedia().playToAll([file(1)]);
    const noLine = world.client.createCall({ targetParticipant: bob }, world.callbackUri('bad'));

    await expect(early).rejects.toMatchObject({ statusCode: 400, code: '8501' });
    await expect(noLine).rejects.toMatchObject({ statusCode: 400, code: '8523' });
    await callConnection.hangUp(true);
  });

  it('hears nothing that it or the product would not understand', () => {
    const unread = world
      .events()
      .map(event => ({ type: event.type, read: asRead(event) }))
      .filter(({ read }) => !read.startsWith('ga ') || read === 'ga unknown');
    const types = new Set(
      world.events().map(event => {
        const parsed = parseCallAutomationEvent([event] as unknown as Record<string, unknown>);
        return parsed.kind;
      }),
    );

    expect(unread).toEqual([]);
    expect(types.size).toBeGreaterThan(30);
    for (const { path, headers, isArray } of world.receiver.posts) {
      expect({ path, isArray, token: headers.authorization?.slice(0, 7) }).toEqual({
        path,
        isArray: true,
        token: 'Bearer ',
      });
    }
  });
});
