import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  AGENT,
  audioFile,
  BOB,
  BUSY,
  CAROL,
  DECLINES,
  type GaWorld,
  GROUP,
  LINE,
  misunderstood,
  NEVER,
  startGaWorld,
} from '../../../support/emulator/ga-world.ts';
import { pollUntil } from '../../../support/poll-until.ts';

const bob = { phoneNumber: BOB };
const carol = { phoneNumber: CAROL };
const agent = { communicationUserId: AGENT };
const line = { phoneNumber: LINE };

let world: GaWorld;
beforeAll(async () => {
  world = await startGaWorld();
});
afterAll(() => world.close());

describe('the SDK of ACS, about calls and who is on them', () => {
  it('places a call, looks at it, and hangs up', async () => {
    const { connection, id } = await world.call('place');

    const properties = await connection.getCallConnectionProperties();
    const { values = [] } = await connection.listParticipants();
    const participant = await connection.getParticipant(bob);
    await connection.hangUp(false);
    const end = await world.eventOf('CallDisconnected', 'place');

    expect(properties).toMatchObject({
      callConnectionId: id,
      callConnectionState: 'connected',
      targetParticipants: [{ phoneNumber: BOB }],
      sourceCallerIdNumber: { phoneNumber: LINE },
    });
    expect(properties.serverCallId).toBe(end.data['serverCallId']);
    expect(values.map(({ identifier }) => identifier)).toEqual([
      expect.objectContaining({ communicationUserId: expect.stringMatching(/^8:acs:/) as unknown }),
      expect.objectContaining({ phoneNumber: BOB }),
    ]);
    expect(participant).toMatchObject({ identifier: { phoneNumber: BOB }, isMuted: false, isOnHold: false });
    expect(end.data.resultInformation).toMatchObject({
      code: 200,
      subCode: 7000,
      message: expect.stringContaining('DiagCode: 0#7000.@') as unknown,
    });
    expect(world.wordsOf(id)).toEqual([
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
    await world.eventOf('CallDisconnected', 'group');

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

    const { data } = await world.eventOf('CreateCallFailed', to);

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

    const { data } = await world.eventOf('CallDisconnected', 'hung-up');
    expect(data.resultInformation).toMatchObject({ code: 200, subCode: 560000 });
  });

  it('adds, cancels, mutes and removes participants', async () => {
    const { connection, id } = await world.call('people');
    const ring = (phoneNumber: string, operationContext: string) =>
      connection.addParticipant(
        { targetParticipant: { phoneNumber }, sourceCallIdNumber: line },
        { operationContext, invitationTimeoutInSeconds: 30 },
      );

    const added = await ring(CAROL, 'add');
    const success = await world.eventOf('AddParticipantSucceeded', 'add');
    await ring(BUSY, 'add-busy');
    const busy = await world.eventOf('AddParticipantFailed', 'add-busy');
    const { invitationId = '' } = await ring(NEVER, 'add-never');
    await connection.cancelAddParticipantOperation(invitationId, { operationContext: 'cancel' });
    await world.eventOf('CancelAddParticipantSucceeded', 'cancel');
    await connection.cancelAddParticipantOperation(invitationId, { operationContext: 'again' });
    await world.eventOf('CancelAddParticipantFailed', 'again');
    await connection.muteParticipant(carol, { operationContext: 'mute' });
    const muted = await connection.getParticipant(carol);
    await connection.removeParticipant(carol, { operationContext: 'remove' });
    await world.eventOf('RemoveParticipantSucceeded', 'remove');
    await connection.removeParticipant(agent, { operationContext: 'remove-nobody' });
    await world.eventOf('RemoveParticipantFailed', 'remove-nobody');
    await connection.hangUp(false);

    expect(added).toMatchObject({ participant: { identifier: carol }, operationContext: 'add' });
    expect(success.data).toMatchObject({
      invitationId: added.invitationId,
      participant: { rawId: `4:${CAROL}`, phoneNumber: { value: CAROL } },
    });
    expect(busy.data.resultInformation).toMatchObject({ code: 486, subCode: 560486 });
    expect(muted.isMuted).toBe(true);
    expect(world.wordsOf(id)).not.toContain('AddParticipantFailed 487/0');
  });

  it('transfers a call for two, and is off it', async () => {
    const { connection, id } = await world.call('transfer');

    await connection.transferCallToParticipant({ phoneNumber: BUSY }, { operationContext: 'to-busy' });
    const failed = await world.eventOf('CallTransferFailed', 'to-busy');
    const { operationContext } = await connection.transferCallToParticipant(agent, {
      operationContext: 'to-agent',
    });
    const accepted = await world.eventOf('CallTransferAccepted', 'to-agent');
    await world.eventOf('CallDisconnected', 'transfer');

    expect(operationContext).toBe('to-agent');
    expect(failed.data.resultInformation).toMatchObject({ code: 486, subCode: 8539 });
    expect(accepted.data).toMatchObject({
      transferTarget: { communicationUser: { id: AGENT } },
      transferee: { phoneNumber: { value: BOB } },
    });
    expect(world.wordsOf(id).at(-1)).toBe('CallDisconnected 200/0');
  });

  it('moves somebody from one call to another', async () => {
    const from = await world.call('from', CAROL);
    const to = await world.call('to');

    const moved = await to.connection.moveParticipants([carol], from.id, { operationContext: 'move' });
    const success = await world.eventOf('MoveParticipantSucceeded', 'move');
    await to.connection.moveParticipants([carol], to.id, { operationContext: 'move-back' });
    await world.eventOf('CallDisconnected', 'from');

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
    await world.eventOf('CallConnected', 'connect');
    const nowhere = world.client.connectCall({ kind: 'serverCallLocator', id: 'x' }, world.callbackUri('no'));
    await expect(nowhere).rejects.toMatchObject({ statusCode: 404, code: '8543' });
    await callConnection.hangUp(false);
    await world.eventOf('CallDisconnected', 'connect');
  });

  it('is refused before the call is established, and with what is not valid', async () => {
    const { callConnection } = await world.client.createCall(
      { targetParticipant: { phoneNumber: NEVER }, sourceCallIdNumber: line },
      world.callbackUri('ringing'),
    );

    const early = callConnection.getCallMedia().playToAll([audioFile(1)]);
    await expect(early).rejects.toMatchObject({ statusCode: 400, code: '8501' });
    const noLine = world.client.createCall({ targetParticipant: bob }, world.callbackUri('bad'));
    await expect(noLine).rejects.toMatchObject({ statusCode: 400, code: '8523' });
    await callConnection.hangUp(true);
  });

  it('is told of every error in the form of GA', async () => {
    const answers = [
      await world.acs('GET', '/calling/callConnections/x', { signed: false }),
      await world.acs('GET', '/calling/callConnections/x', { apiVersion: '2021-05-28-preview2' }),
      await world.acs('POST', '/calling/callConnections/x:sing'),
      await world.acs('POST', '/calling/callConnections', { body: '{' }),
    ];

    expect(answers.map(({ status, body }) => [status, (body['error'] as { code: string }).code])).toEqual([
      [401, 'Denied'],
      [400, '8523'],
      [404, '8522'],
      [400, '8523'],
    ]);
  });

  it('hears nothing that it or the product would not understand', () => {
    expect(misunderstood(world)).toEqual([]);
    expect(new Set(world.events().map(({ type }) => type)).size).toBeGreaterThanOrEqual(12);
  });
});
