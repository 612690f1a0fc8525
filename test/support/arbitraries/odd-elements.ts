import fc from 'fast-check';
import { FIXTURES, mutatedFixture } from './mutated-fixture.ts';

type Element = Readonly<Record<string, unknown>>;

/** Values at the edges of what storage, clocks and keys can hold. */
const extreme = fc.constantFrom<unknown>(
  '\ud800',
  'a\u0000b',
  '../x/\\#?{}',
  'x'.repeat(1_024),
  'x'.repeat(5_000),
  '9999-12-31T23:59:59.9999999Z',
  '0000-01-01T00:00:00Z',
  '2021-05-05T20:08:39-23:59',
  Number.MAX_SAFE_INTEGER,
  '999999999999999',
  1e308,
  '__proto__',
  JSON.parse('{"__proto__":{"id":"x"},"constructor":{"prototype":1}}'),
  JSON.parse(`${'['.repeat(80)}${']'.repeat(80)}`),
  ['\udfff', null],
);

const MEMBERS = [
  'id',
  'source',
  'topic',
  'subject',
  'type',
  'eventType',
  'time',
  'eventTime',
  'specversion',
  'data_base64',
];
const DATA_MEMBERS = [
  'callConnectionId',
  'callLegId',
  'serverCallId',
  'conversationId',
  'correlationId',
  'operationContext',
  'participants',
  'recordingId',
  'sequenceNumber',
  'publicEventType',
  'resultInformation',
  'toneInfo',
  'incomingCallContext',
  'customContext',
  'from',
];

/** A fixture of any dialect, most of them damaged or extreme in a place or two, in one of the disguises that occur. */
export function oddElement(): fc.Arbitrary<unknown> {
  const wire = fc.oneof(fc.constantFrom(...FIXTURES), mutatedFixture());
  const member = fc.tuple(fc.constantFrom(...MEMBERS), extreme);
  const dataMember = fc.tuple(fc.constantFrom(...DATA_MEMBERS), extreme);
  return fc
    .record({
      wire,
      member: fc.option(member, { freq: 1 }),
      dataMember: fc.option(dataMember, { freq: 1 }),
      disguise: fc.constantFrom(...DISGUISES),
    })
    .map(({ wire, member, dataMember, disguise }) => {
      if (!isElement(wire)) return wire;
      const { data } = wire;
      return disguise({
        ...withMember(wire, member),
        data: isElement(data) ? withMember(data, dataMember) : data,
      });
    });
}

function withMember(object: Element, member: readonly [string, unknown] | null): Element {
  return member === null ? object : { ...object, [member[0]]: member[1] };
}

const DISGUISES: readonly ((element: Element) => unknown)[] = [
  element => element,
  element => element,
  capitalised,
  element => ({ ...element, data: JSON.stringify(element['data']) }),
  ({ data, ...element }) => ({ ...element, data_base64: base64(JSON.stringify(data) ?? '') }),
  ({ type, time, source, ...element }) => ({ ...element, eventType: type, eventTime: time, topic: source }),
  ({ type: _type, eventType: _eventType, ...element }) => element,
  ({ data }) => data,
  element => [element],
];

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

function capitalised(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(capitalised);
  if (!isElement(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key.charAt(0).toUpperCase() + key.slice(1),
      capitalised(member),
    ]),
  );
}

function isElement(value: unknown): value is Element {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
