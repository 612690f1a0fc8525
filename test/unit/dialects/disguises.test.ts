import { describe, expect, it } from 'vitest';
import { addressOf } from '../../../shared/dialects/address.ts';
import { dialectOf } from '../../../shared/dialects/dialects.ts';
import { subscriptionAnswer } from '../../../shared/dialects/event-grid/handshake.ts';
import { fingerprintOf } from '../../../shared/dialects/fingerprint.ts';
import type { EventTime } from '../../../shared/domain/event-time.ts';
import { callKeyOf } from '../../../shared/ids/call-key.ts';
import { loadFixture } from '../../support/load-fixture.ts';

// The same events as whoever passes them on may dress them. Each has the identity of the event that it is.

type Element = Readonly<Record<string, unknown>>;

const RECEIVED_AT = '2026-03-18T00:06:30.0000000Z' as EventTime;

function fixture(name: string): Element {
  const body = loadFixture(`${name}.json`) as Element | [Element];
  return Array.isArray(body) ? body[0] : body;
}

function capitalised(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(capitalised);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key.charAt(0).toUpperCase() + key.slice(1),
      /Headers$/.test(key) ? member : capitalised(member),
    ]),
  );
}

const without = (element: Element, ...names: readonly string[]): Element =>
  Object.fromEntries(Object.entries(element).filter(([name]) => !names.includes(name)));

const asText = (element: Element) => ({ ...element, data: JSON.stringify(element['data']) });
const asBase64 = (element: Element) => ({
  ...without(element, 'data'),
  data_base64: Buffer.from(JSON.stringify(element['data'])).toString('base64'),
});
const inEventGridEnvelope = (element: Element) => ({
  ...without(element, 'type', 'time', 'source', 'specversion'),
  eventType: element['type'],
  eventTime: element['time'],
  topic: element['source'],
});

function read(element: unknown) {
  const dialect = dialectOf(element);
  const result = dialect?.read(element, RECEIVED_AT);
  if (dialect === undefined || result?.ok !== true) throw new Error(JSON.stringify(result));
  const { event } = result;
  const { at, wireId, payload } = event;
  const address = addressOf(dialect, event);
  return { dialect: dialect.name, fingerprint: fingerprintOf(event), at, wireId, payload, address };
}

const P1_TONE = 'preview-2021-04/call-481f3600/DtmfReceived.Pound';
const P2_STATE = 'preview-2021-08/CallConnectionStateChanged.connected';
const GA_CONNECTED = 'ga/CallConnected';
const GA_ROSTER = 'ga/ParticipantsUpdated.seq2';
const INCOMING = 'event-grid/IncomingCall.pstn';
const INCOMING_CLOUD = 'event-grid/IncomingCall.cloudevents';
const RECORDING = 'event-grid/RecordingFileStatusUpdated';

describe('an event is the same', () => {
  it.each<readonly [string, string, (element: Element) => unknown]>([
    ['with its data as a text', GA_CONNECTED, asText],
    ['with its data as a text', P2_STATE, asText],
    ['with its data as a text', P1_TONE, asText],
    ['with its data as a text', INCOMING, asText],
    ['with its data as a text', INCOMING_CLOUD, asText],
    [
      'with its data as a text, and a byte order mark in it',
      GA_CONNECTED,
      element => ({
        ...element,
        data: `\uFEFF ${JSON.stringify(element['data'])}\n`,
      }),
    ],
    ['with its data in base64', GA_ROSTER, asBase64],
    ['with its data in base64', RECORDING, asBase64],
    ['with its data in base64, beside none', GA_ROSTER, element => ({ ...asBase64(element), data: null })],
    ['in PascalCase', GA_ROSTER, capitalised],
    ['in PascalCase', P2_STATE, capitalised],
    ['in PascalCase', INCOMING, capitalised],
    ['in PascalCase', INCOMING_CLOUD, capitalised],
    ['in PascalCase', RECORDING, capitalised],
    ['in PascalCase', 'event-grid/CallEnded', capitalised],
    ['in PascalCase, with its data as a text', INCOMING, element => capitalised(asText(element))],
    ['in the envelope of Event Grid', GA_CONNECTED, inEventGridEnvelope],
    ['in the envelope of Event Grid', P2_STATE, inEventGridEnvelope],
    [
      'in the envelope of Event Grid, in PascalCase',
      GA_CONNECTED,
      element => capitalised(inEventGridEnvelope(element)),
    ],
    ['with the type in its data alone', GA_CONNECTED, element => without(element, 'type')],
    ['with the type in its data alone, as a text', GA_CONNECTED, element => asText(without(element, 'type'))],
    ['with the type in its data alone', GA_ROSTER, element => without(element, 'type', 'specversion')],
    [
      'with the time by its other name',
      GA_CONNECTED,
      element => ({
        ...without(element, 'time'),
        eventTime: element['time'],
      }),
    ],
  ])('%s (%#: %s)', (_, name, disguise) => {
    expect(read(disguise(fixture(name)))).toEqual(read(fixture(name)));
  });

  it('without its envelope, but for what that alone tells', () => {
    const { payload, wireId } = read(fixture(GA_CONNECTED)['data']);
    const whole = read(fixture(GA_CONNECTED));

    expect({ payload, wireId }).toEqual({ payload: whole.payload, wireId: whole.wireId });
  });
});

describe('what is wrong', () => {
  it.each([
    ['in a text', asText, '/data', 'in its text as /data/recordingId'],
    [
      'in a text in PascalCase',
      (element: Element) => capitalised(asText(element)),
      '/Data',
      '/data/recordingId',
    ],
    ['in a text that is no JSON', (element: Element) => ({ ...element, data: '{"a":' }), '/data', 'object'],
    ['in a text of something else', (element: Element) => ({ ...element, data: '[1]' }), '/data', 'object'],
  ])('is pointed at %s', (_, disguise, pointer, message) => {
    const element = disguise({ ...fixture('ga/RecordingStateChanged.active'), data: { state: 'active' } });
    const result = dialectOf(element)?.read(element);

    expect(result).toMatchObject({
      ok: false,
      issues: [{ pointer, message: expect.stringContaining(message) as string }],
    });
  });

  it('is pointed at where the name of a recording is missing', () => {
    const element = { ...fixture(RECORDING), subject: 'recording' };

    expect(dialectOf(element)?.read(element)).toMatchObject({ ok: false, issues: [{ pointer: '/subject' }] });
    expect(dialectOf(capitalised(element))?.read(capitalised(element))).toMatchObject({
      ok: false,
      issues: [{ pointer: '/Subject' }],
    });
  });
});

describe('an unknown event', () => {
  const unknown = { ...fixture(GA_CONNECTED), type: 'Microsoft.Communication.SomethingNew' };

  it('finds its call in data that are a text, and is kept as it came', () => {
    const element = { ...asText(unknown), source: null, subject: null };

    expect(read(element)).toMatchObject({
      wireId: '3f0a1b00-679a-48d6-862d-f7613c885858',
      payload: { type: 'unknown', raw: element },
    });
  });

  it.each([
    ['TeamsRecordingStateChanged'],
    ['TeamsComplianceRecordingStateChanged'],
    ['TranscriptionResumed'],
    ['DialogStarted'],
    ['DialogHangup'],
  ])('is one of GA where it is %s of a beta', type => {
    const element = { ...fixture(GA_CONNECTED), type: `Microsoft.Communication.${type}` };

    expect(read(element)).toMatchObject({ dialect: 'ga', payload: { type: 'unknown', raw: element } });
  });

  it('of Event Grid names its server call in PascalCase, too', () => {
    const element = {
      ...(capitalised(fixture(INCOMING)) as Element),
      EventType: 'Microsoft.Communication.CallTeleported',
    };

    expect(read(element).address).toEqual(
      expect.objectContaining({
        serverCallId: read(fixture('event-grid/CallStarted')).address?.serverCallId,
      }),
    );
  });
});

describe('no event', () => {
  it.each([
    ['a type that is inherited', '{"__proto__":{"publicEventType":"Microsoft.Communication.CallConnected"}}'],
    ['a type of somebody else in its data', '{"data":{"publicEventType":"Contoso.New"}}'],
    ['a type that is no text', '{"data":{"publicEventType":7}}'],
    ['a list in a list', '[[{"type":"Microsoft.Communication.CallConnected"}]]'],
    ['JSON in a text', JSON.stringify('{"type":"Microsoft.Communication.CallConnected"}')],
  ])('is %s', (_, text) => {
    expect(dialectOf(JSON.parse(text))).toBeUndefined();
  });
});

describe('the handshake of Event Grid', () => {
  const validation = fixture('event-grid/SubscriptionValidation');

  it.each([
    ['in PascalCase', capitalised(validation)],
    ['with its data as a text', asText(validation)],
  ])('is answered %s', (_, element) => {
    expect(subscriptionAnswer([element])).toEqual(subscriptionAnswer([validation]));
    expect(subscriptionAnswer([element])).toHaveProperty('validationResponse');
  });
});

describe('the call of a recording', () => {
  const told = { recordingId: 'r', state: 'active', serverCallId: 's-1' };
  const element = { id: '1', source: 'calling/recordings/s-1/recordingId/r', specversion: '1.0', data: told };

  it.each([
    ['GA', { ...element, type: 'Microsoft.Communication.RecordingStateChanged' }],
    ['the later previews', { ...element, type: 'Microsoft.Communication.CallRecordingStateChanged' }],
  ])('is found by its server call where %s names no other', (_, wire) => {
    expect(read(wire).address).toEqual({ callKey: callKeyOf('s-1'), serverCallId: 's-1' });
  });

  it.each([
    ['/recording/call/c-1/serverCallId/s-1/recordingId/r', 's-1'],
    ['/recording/call/c-1/recordingId/r', 'c-1'],
  ])('is found in the subject %s', (subject, serverCallId) => {
    expect(read({ ...fixture(RECORDING), subject }).address).toMatchObject({ serverCallId });
  });

  it('is the only thing that no other event is filed by: it may be of any leg', () => {
    const wire = { ...element, type: 'Microsoft.Communication.CallConnected' };

    expect(read(wire).address).toBeUndefined();
  });
});

describe('the call of a report', () => {
  it('is found in the subject where the data do not name it', () => {
    const started = fixture('event-grid/CallStarted');
    const data = without(started['data'] as Element, 'serverCallId');

    expect(read({ ...started, data }).address).toEqual(read(started).address);
  });
});
