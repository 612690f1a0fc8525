import { afterEach, describe, expect, it } from 'vitest';
import type { EmulatorOptions } from '../../../../local/emulator/start-emulator.ts';
import { preview202104 } from '../../../../shared/dialects/preview-2021-04/preview-2021-04.ts';
import { inWords, type ReceiverAnswer } from '../../../support/emulator/callback-receiver.ts';
import {
  AGENT,
  BUSY,
  type EmulatorWorld,
  GROUP,
  joinBody,
  startEmulatorWorld,
} from '../../../support/emulator/emulator-world.ts';
import { pollUntil } from '../../../support/poll-until.ts';

const LOOPED = { audioFileUri: 'https://media.example.invalid/a.wav', loop: true, operationContext: 'p1' };

let world: EmulatorWorld;
afterEach(() => world.close());

async function start(options: EmulatorOptions = {}, answer?: (index: number) => ReceiverAnswer) {
  world = await startEmulatorWorld(options, answer);
  return world;
}

/** Everything that an app can do with a call, one after the other. */
async function wholeCall({ acs, call, until, callbackUri, words }: EmulatorWorld): Promise<void> {
  const id = await call('whole');
  await until('ParticipantsUpdated 2');
  await acs('POST', `/calling/calls/${id}/PlayAudio`, {
    body: { ...LOOPED, callbackUri: callbackUri('play') },
  });
  await until('DtmfReceived Tone1');
  await acs('POST', `/calling/calls/${id}/CancelMediaProcessing`, { body: { operationContext: 'c1' } });
  await until('PlayAudioResult Completed 8508');
  await acs('POST', `/calling/calls/${id}/PlayAudio`, {
    body: { audioFileUri: 'https://media.example.invalid/a.wav?seconds=0.5' },
  });
  // The press in reply to this prompt comes a second after it began, when it has ended.
  await until('DtmfReceived Tone1', 2);
  const participants = [{ communicationUser: { id: AGENT } }, { phoneNumber: { value: BUSY } }];
  const alternateCallerId = { value: '+18335550100' };
  await acs('POST', `/calling/calls/${id}/participants`, {
    body: { participants, alternateCallerId, operationContext: 'i1', callbackUri: callbackUri('invite') },
  });
  await until('InviteParticipantResult Failed 8539');
  await acs('POST', `/calling/calls/${id}/Hangup`);
  await until('CallLegStateChanged Terminated');
  expect(words()).toContain('InviteParticipantResult Completed');
}

describe('the callbacks of a call', () => {
  it('tell of everything, in order, as the overview page shows it, each to its own URI', async () => {
    const { receiver, words } = await start();

    await wholeCall(world);

    expect(words()).toEqual([
      'CallLegStateChanged Establishing',
      'CallLegStateChanged Established',
      'ParticipantsUpdated 2',
      'PlayAudioResult Running',
      'DtmfReceived Tone1',
      'PlayAudioResult Completed 8508',
      'PlayAudioResult Running',
      'PlayAudioResult Completed 0',
      'DtmfReceived Tone1',
      'ParticipantsUpdated 3',
      'InviteParticipantResult Completed',
      'InviteParticipantResult Failed 8539',
      'CallLegStateChanged Terminating',
      'CallLegStateChanged Terminated',
    ]);
    const byPath = Map.groupBy(receiver.posts, ({ path }) =>
      path.replace(/^\/api\/callbacks\/|\?sig=secret$/g, ''),
    );
    expect([...byPath].map(([key, posts]) => [key, posts.length])).toEqual([
      ['whole', 10],
      ['play', 2],
      ['invite', 2],
    ]);
    expect(receiver.posts.every(({ isArray, events }) => isArray && events.length === 1)).toBe(true);
    const times = receiver.events().map(({ eventTime }) => eventTime);
    expect(times).toEqual(times.toSorted());
    expect(times.every(time => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/.test(time))).toBe(true);
  });

  it('are all understood by the app, of a call, a joined conversation, and one from outside', async () => {
    const { receiver, acs, until, callbackUri } = await start();

    await wholeCall(world);
    await acs('POST', `/calling/conversations/${GROUP}/Join`, { body: joinBody(callbackUri('join')) });
    await until('ParticipantsUpdated 2', 2);
    const invitation = { participants: [{ communicationUser: { id: AGENT } }], operationContext: 'o1' };
    await acs('POST', `/calling/conversations/${GROUP}/participants`, {
      body: { ...invitation, callbackUri: callbackUri('outside') },
    });
    await until('InviteParticipantResult Completed', 2);

    const read = receiver.events().map(event => {
      const result = preview202104.recognises(event) ? preview202104.read(event) : undefined;
      return result?.ok ? result.event : undefined;
    });
    expect(read.every(event => event?.wireId)).toBe(true);
    expect(new Set(read.map(event => event?.payload.type))).toEqual(
      new Set([
        'call.connecting',
        'call.connected',
        'call.disconnecting',
        'call.disconnected',
        'roster.snapshot',
        'tone.received',
        'play.started',
        'play.canceled',
        'play.completed',
        'participant.addSucceeded',
        'participant.addFailed',
      ]),
    );
  });

  it('tell of a callee who is busy by the end alone, with no conversation', async () => {
    const { receiver, call, until } = await start();

    await call('busy', BUSY);
    await until('CallLegStateChanged Terminated');

    expect(receiver.events().map(event => [inWords(event), event.data['ConversationId']])).toEqual([
      ['CallLegStateChanged Establishing', null],
      ['CallLegStateChanged Terminated', null],
    ]);
  });

  it('come as bare objects when told to', async () => {
    const { receiver, call, until } = await start({ callbacks: { envelope: 'single' } });

    await call('single', BUSY);
    await until('CallLegStateChanged Terminated');

    expect(receiver.posts.map(({ isArray }) => isArray)).toEqual([false, false]);
  });
});

describe('a callback that the app does not take', () => {
  it('is tried again while others overtake it, until the app takes it', async () => {
    const { receiver, call, until, control } = await start({ callbacks: { retryMs: 100 } }, index => ({
      status: index === 0 || index === 2 ? 503 : 200,
    }));

    await call('busy', BUSY);
    await until('CallLegStateChanged Establishing', 3);

    expect(new Set(receiver.posts.map(({ path }) => path))).toEqual(
      new Set(['/api/callbacks/busy?sig=secret']),
    );
    const { body } = await pollUntil('the log has it', async () => {
      const summary = await control('GET', 'summary');
      return (summary.body['callbacks'] as { delivered: number }).delivered === 2 ? summary : undefined;
    });
    expect(body['callbacks']).toMatchObject({ delivered: 2, refused: 2, givenUp: 0 });
  });

  it('is given up after some tries, and a redirect is not followed', async () => {
    const { receiver, call, control } = await start({ callbacks: { attempts: 2, retryMs: 10 } }, () => ({
      status: 307,
      location: '/elsewhere',
    }));

    await call('busy', BUSY);
    const { body } = await pollUntil('both events are given up', async () => {
      const summary = await control('GET', 'summary');
      return (summary.body['callbacks'] as { givenUp: number }).givenUp === 2 ? summary : undefined;
    });

    expect(body['callbacks']).toMatchObject({ delivered: 0, refused: 4 });
    expect(receiver.posts.map(({ path }) => path)).toEqual(Array(4).fill('/api/callbacks/busy?sig=secret'));
  });

  it('is logged with its reason when nobody listens', async () => {
    const { acs, control, receiver } = await start({ callbacks: { attempts: 1 } });
    const body = { ...joinBody('http://127.0.0.1:1/api/callbacks/nobody?sig=secret') };

    await acs('POST', `/calling/conversations/${GROUP}/Join`, { body });
    const items = await pollUntil('it is logged', async () => {
      const log = await control('GET', 'log?kind=callback&callKey=nobody');
      const found = log.body['items'] as unknown[];
      return found.length > 0 ? found : undefined;
    });

    expect(items[0]).toMatchObject({
      callbackUri: 'http://127.0.0.1:1/api/callbacks/nobody',
      events: ['state connecting'],
      detail: 'ECONNREFUSED',
    });
    expect(receiver.posts).toEqual([]);
  });
});
