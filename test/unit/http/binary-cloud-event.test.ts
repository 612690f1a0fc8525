import { describe, expect, it } from 'vitest';
import { structuredText } from '../../../shared/http/binary-cloud-event.ts';

const ATTRIBUTES = {
  'ce-specversion': '1.0',
  'ce-id': 'event-1',
  'ce-source': 'calling/callConnections/connection-1',
  'ce-type': 'Microsoft.Communication.CallConnected',
  'ce-time': '2026-03-18T00:05:00Z',
};
const BODY = '{"callConnectionId":"connection-1"}';

const structured = (headers: Readonly<Record<string, string>>, body = BODY) =>
  structuredText(new Headers(headers), body);

describe('structuredText', () => {
  it('puts the attributes of the headers around the body', () => {
    const headers = { ...ATTRIBUTES, 'content-type': 'application/json', 'ce-traceparent': 'x' };

    expect(JSON.parse(structured(headers))).toEqual({
      specversion: '1.0',
      id: 'event-1',
      source: 'calling/callConnections/connection-1',
      type: 'Microsoft.Communication.CallConnected',
      time: '2026-03-18T00:05:00Z',
      data: BODY,
    });
  });

  it.each([
    ['%E2%82%AC%20uro', '€ uro'],
    ['100%', '100%'],
    ['quote " and \\', 'quote " and \\'],
  ])('reads the header %s', (header, subject) => {
    expect(JSON.parse(structured({ ...ATTRIBUTES, 'ce-subject': header }))).toMatchObject({ subject });
  });

  it.each<readonly [string, Record<string, string>]>([
    ['there are no such headers', { 'content-type': 'application/json' }],
    ['the type is missing', { 'ce-specversion': '1.0' }],
    ['the version is missing', { 'ce-type': 'Microsoft.Communication.CallConnected' }],
    ['the body says that it is an event', { ...ATTRIBUTES, 'content-type': 'application/cloudevents+json' }],
    ['the body is a batch', { ...ATTRIBUTES, 'content-type': ' application/cloudevents-batch+json' }],
  ])('leaves the body as it is where %s', (_, headers) => {
    expect(structured(headers)).toBe(BODY);
  });

  it.each(['', 'text', '{"a":', '1,"type":"other"'])('lets nothing out of a body that is %j', body => {
    expect(JSON.parse(structured(ATTRIBUTES, body))).toMatchObject({
      type: ATTRIBUTES['ce-type'],
      data: body,
    });
  });
});
