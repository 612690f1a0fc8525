import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { EventGridOptions } from '../../../../local/emulator/event-grid/event-grid-options.ts';
import { type CallbackReceiver, startCallbackReceiver } from '../../../support/emulator/callback-receiver.ts';
import { AGENT, asRead, BOB, type GaWorld, LINE, startGaWorld } from '../../../support/emulator/ga-world.ts';
import { pollUntil } from '../../../support/poll-until.ts';

type Json = Readonly<Record<string, unknown>>;

let world: GaWorld;
let inbox: CallbackReceiver;
let app: Server | undefined;
afterEach(async () => {
  await world.close();
  await inbox.close();
  app?.closeAllConnections();
  app?.close();
  app = undefined;
});

/** Starts an emulator that delivers to an inbox, which answers with these statuses and then with 200. */
async function start(
  eventGrid: EventGridOptions = {},
  { statuses = [], speed = 20 }: { readonly statuses?: readonly number[]; readonly speed?: number } = {},
): Promise<void> {
  inbox = await startCallbackReceiver(index => ({ status: statuses[index] ?? 200 }));
  const url = `${inbox.url}/api/event-grid?key=k`;
  world = await startGaWorld({ speed, eventGrid: { url, retryMs: 10, ...eventGrid } });
}

/** The events that Event Grid delivered. */
function events(): Json[] {
  return inbox.posts.flatMap(post => post.events as unknown as Json[]);
}

function until(count: number): Promise<Json[]> {
  return pollUntil(`${count} events were delivered`, () => (events().length >= count ? events() : undefined));
}

async function ring(body: Json = {}): Promise<{ incomingCallContext: string; serverCallId: string }> {
  const told = await world.control('POST', 'incoming', { from: BOB, to: LINE, ...body });
  expect(told.status).toBe(202);
  return told.body as { incomingCallContext: string; serverCallId: string };
}

describe('an incoming call', () => {
  it.each([
    { schema: 'eventGrid' as const, contentType: 'application/json; charset=utf-8', isArray: true },
    {
      schema: 'cloudEvents' as const,
      contentType: 'application/cloudevents+json; charset=utf-8',
      isArray: false,
    },
  ])('is told as often as wanted in the schema $schema', async ({ schema, contentType, isArray }) => {
    await start({ schema });

    const { incomingCallContext, serverCallId } = await ring({
      deliveries: 3,
      sipHeaders: { 'X-Branch': '1' },
    });
    const told = await until(3);

    expect(new Set(told.map(event => JSON.stringify(event))).size).toBe(1);
    expect(told[0]?.['data']).toMatchObject({
      from: { rawId: `4:${BOB}` },
      to: { phoneNumber: { value: LINE } },
      incomingCallContext,
      serverCallId,
      customContext: { sipHeaders: { 'X-Branch': '1' } },
    });
    expect(asRead(told[0])).toBe('event-grid call.incoming');
    expect(inbox.posts[0]).toMatchObject({
      path: '/api/event-grid?key=k',
      contentType,
      isArray,
      headers: { 'aeg-event-type': 'Notification', 'aeg-delivery-count': '0' },
    });
  });

  it('is answered, and goes on like any call', async () => {
    await start();
    const { incomingCallContext, serverCallId } = await ring({
      steps: [{ on: 'connected', afterSeconds: 5, do: 'hangUp' }],
    });

    const { callConnectionProperties } = await world.client.answerCall(
      incomingCallContext,
      world.callbackUri('in'),
      { operationContext: 'in' },
    );
    await world.until('CallDisconnected in 200/560000');

    expect(callConnectionProperties).toMatchObject({
      serverCallId,
      targetParticipants: [{ phoneNumber: BOB }],
    });
    expect(world.words()).toEqual([
      'CallConnected in 200/0',
      'ParticipantsUpdated 200/0',
      'ParticipantsUpdated 200/0',
      'CallDisconnected in 200/560000',
    ]);
    const again = world.client.answerCall(incomingCallContext, world.callbackUri('in'));
    await expect(again).rejects.toMatchObject({ statusCode: 404, code: '8522' });
  });

  it('ends with AnswerFailed when the caller hangs up just then', async () => {
    await start({}, { speed: 1 });
    const { incomingCallContext } = await ring();

    const { callConnectionProperties } = await world.client.answerCall(
      incomingCallContext,
      world.callbackUri('in'),
      {
        operationContext: 'in',
      },
    );
    await world.control('POST', `calls/${callConnectionProperties.callConnectionId}/hang-up`);

    expect(await world.until('AnswerFailed in 487/540487')).toHaveLength(1);
  });

  it('is rejected', async () => {
    await start();
    const { incomingCallContext } = await ring();

    await world.client.rejectCall(incomingCallContext, { callRejectReason: 'busy' });

    const { body } = await world.control('GET', 'log?kind=rejected');
    expect(body['items']).toEqual([expect.objectContaining({ who: BOB, detail: 'busy' })]);
    const late = world.client.rejectCall(incomingCallContext);
    await expect(late).rejects.toMatchObject({ statusCode: 404 });
  });

  it('is redirected to a user, which rings again', async () => {
    await start();
    const { incomingCallContext, serverCallId } = await ring();

    await world.client.redirectCall(incomingCallContext, {
      targetParticipant: { communicationUserId: AGENT },
    });
    const [, second] = await until(2);

    expect(second?.['data']).toMatchObject({ to: { rawId: AGENT }, serverCallId });
    expect(second?.['data']).not.toMatchObject({ incomingCallContext });
  });

  it('is given up when nobody answers in time', async () => {
    await start();
    const { incomingCallContext } = await ring({ ringSeconds: 1 });
    await pollUntil('the caller gave up', async () => {
      const { body } = await world.control('GET', 'log?kind=gaveUp');
      return (body['items'] as unknown[]).length > 0 || undefined;
    });

    const late = world.client.answerCall(incomingCallContext, world.callbackUri('in'));

    await expect(late).rejects.toMatchObject({ statusCode: 404, code: '8522' });
  });

  it('is told again while it is not taken, and not after an answer that Event Grid takes as final', async () => {
    await start({ attempts: 3 }, { statuses: [503, 200, 401] });

    await ring();
    await until(2);
    await ring();
    await until(3);
    await pollUntil('nothing waits', async () => {
      const { body } = await world.control('GET', 'summary');
      return (body['callbacks'] as { waiting: number }).waiting === 0 || undefined;
    });

    expect(inbox.posts.map(({ headers }) => headers['aeg-delivery-count'])).toEqual(['0', '1', '0']);
    expect((await world.control('GET', 'summary')).body).toMatchObject({
      eventGrid: { delivered: 1, refused: 2 },
    });
  });

  it('goes where the request says', async () => {
    await start();
    await world.close();
    world = await startGaWorld();
    const url = `${inbox.url}/api/event-grid?key=k`;

    const nowhere = await world.control('POST', 'incoming', { to: LINE });
    await world.control('POST', 'incoming', { to: LINE, url });
    await until(1);

    expect(nowhere).toMatchObject({ status: 400, body: { issues: [{ pointer: '/url' }] } });
    expect(JSON.stringify((await world.control('GET', 'log')).body)).not.toContain('key=');
  });
});

describe('what else Event Grid tells', () => {
  it('is the files of a recording', async () => {
    await start();
    const { id, connection } = await world.call('rec');
    const { recordingId } = await world.client.getCallRecording().start({ callConnectionId: id });

    await connection.hangUp(true);
    const [event] = await until(1);

    expect(asRead(event)).toBe('event-grid recording.fileReady');
    expect(event?.['subject']).toContain(`/recordingId/${recordingId}`);
  });

  it('is how calls with users go, when that is wanted', async () => {
    await start({ reports: true });
    const { connection } = await world.call('users', AGENT);

    await connection.hangUp(true);
    const told = await until(4);

    expect(told.map(asRead)).toEqual([
      'event-grid report.callStarted',
      'event-grid report.participantAdded',
      'event-grid report.participantRemoved',
      'event-grid report.callEnded',
    ]);
  });
});

describe('a subscription', () => {
  async function startApp(isWilling: boolean): Promise<string> {
    app = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        if (!isWilling) response.writeHead(202).end();
        else if (request.method === 'OPTIONS')
          response.writeHead(200, { 'webhook-allowed-origin': '*' }).end();
        else {
          const [event] = JSON.parse(Buffer.concat(chunks).toString()) as [
            { data: { validationCode: string } },
          ];
          response.writeHead(200).end(JSON.stringify({ validationResponse: event.data.validationCode }));
        }
      });
    });
    await new Promise<void>(resolve => app?.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(app.address() as AddressInfo).port}/api/event-grid`;
  }

  it.each([
    { schema: 'eventGrid', isWilling: true },
    { schema: 'cloudEvents', isWilling: true },
    { schema: 'eventGrid', isWilling: false },
    { schema: 'cloudEvents', isWilling: false },
  ])('is asked for in the schema $schema: $isWilling', async ({ schema, isWilling }) => {
    await start();
    const url = await startApp(isWilling);

    const { body } = await world.control('POST', 'event-grid/subscribe', { url, schema });

    expect(body).toMatchObject({ ok: isWilling, status: isWilling ? 200 : 202 });
  });

  it('is not had where nobody answers', async () => {
    await start();

    const { body } = await world.control('POST', 'event-grid/subscribe', { url: 'http://127.0.0.1:9/' });

    expect(body).toMatchObject({ ok: false, detail: 'The app does not answer.' });
  });
});
