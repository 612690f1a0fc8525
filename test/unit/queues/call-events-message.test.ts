import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CallEventsMessage,
  decodeCallEvents,
  encodeCallEvents,
} from '../../../shared/queues/call-events-message.ts';
import { MESSAGE_LIMIT_BYTES } from '../../../shared/queues/queue.ts';
import { RECEIVED_AT, rosterOf, textOf } from '../../support/call-elements.ts';
import { CALL_KEY } from '../../support/call-events.ts';
import { noise } from '../../support/noise.ts';

/** Keys that the Functions host takes for the message's metadata, if it sees them in a body of JSON. */
const RESERVED = [
  'id',
  'dequeueCount',
  'insertionTime',
  'expirationTime',
  'nextVisibleTime',
  'popReceipt',
  'queueTrigger',
];

function messageOf(elements: readonly unknown[]): CallEventsMessage {
  return { callKey: CALL_KEY, receivedAt: RECEIVED_AT, attempt: 0, traceparent: null, elements };
}

function decoded(text: string): CallEventsMessage {
  const message = decodeCallEvents(text);
  if (message === undefined) throw new Error(`No message: ${text.slice(0, 200)}`);
  return message;
}

const message: fc.Arbitrary<CallEventsMessage> = fc.record({
  callKey: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/),
  receivedAt: fc.constant(RECEIVED_AT),
  attempt: fc.nat(),
  traceparent: fc.option(fc.string()),
  elements: fc.array(fc.jsonValue({ noUnicodeString: false })),
});

describe('decodeCallEvents', () => {
  it('gives back whatever encodeCallEvents was given', () => {
    fc.assert(
      fc.property(message, given => {
        const { texts, tooLarge } = encodeCallEvents(given);
        const [text = ''] = texts;

        expect({ texts: texts.length, tooLarge }).toEqual({ texts: 1, tooLarge: [] });
        const elements = JSON.parse(JSON.stringify(given.elements)) as unknown[];
        expect(decoded(text)).toEqual({ ...given, elements });
        expect(Object.keys(JSON.parse(text) as object).filter(key => RESERVED.includes(key))).toEqual([]);
      }),
    );
  });

  it.each([
    { name: 'nothing', text: '' },
    { name: 'no JSON', text: 'hello' },
    { name: 'a number', text: '1' },
    { name: 'null', text: 'null' },
    { name: 'an array', text: '[]' },
    { name: 'an event', text: '{"eventType":"x"}' },
  ])('is undefined for $name', ({ text }) => {
    expect(decodeCallEvents(text)).toBeUndefined();
  });

  const whole = JSON.parse(textOf(CALL_KEY, [{ a: 1 }])) as Record<string, unknown>;
  it.each([
    { name: 'another version', change: { v: 2 } },
    { name: 'no version', change: { v: undefined } },
    { name: 'no call', change: { callKey: undefined } },
    { name: 'an empty call key', change: { callKey: '' } },
    { name: 'a call key that no table takes', change: { callKey: 'a/b' } },
    { name: 'a call key that no row can hold', change: { callKey: 'a'.repeat(40_000) } },
    { name: 'a time of another form', change: { receivedAt: '2021-05-05T20:00:00Z' } },
    { name: 'no time', change: { receivedAt: 'yesterday' } },
    { name: 'an attempt before the first', change: { attempt: -1 } },
    { name: 'half an attempt', change: { attempt: 0.5 } },
    { name: 'no trace context', change: { traceparent: undefined } },
    { name: 'no elements', change: { elements: undefined } },
    { name: 'elements that are none', change: { elements: {} } },
    { name: 'no base64', change: { elements: undefined, deflated: '!!' } },
    { name: 'nothing deflated', change: { elements: undefined, deflated: '' } },
    {
      name: 'deflated text that is no JSON',
      change: { elements: undefined, deflated: deflateRawSync('[1').toString('base64') },
    },
    {
      name: 'deflated elements that are none',
      change: { elements: undefined, deflated: deflateRawSync('{}').toString('base64') },
    },
    {
      name: 'a deflate bomb',
      change: {
        elements: undefined,
        deflated: deflateRawSync(`["${'0'.repeat(20_000_000)}"]`).toString('base64'),
      },
    },
  ])('is undefined for $name', ({ change }) => {
    expect(decodeCallEvents(JSON.stringify({ ...whole, ...change }))).toBeUndefined();
  });

  it('is undefined, and never throws, for a text that is damaged anywhere', () => {
    const text = textOf(CALL_KEY, [rosterOf(350, 1)]);
    fc.assert(
      fc.property(
        fc.nat({ max: text.length - 1 }),
        fc.nat({ max: 100 }),
        fc.string({ maxLength: 3 }),
        (at, cut, put) => {
          const damaged = text.slice(0, at) + put + text.slice(at + cut);
          const result = decodeCallEvents(damaged);
          expect(result === undefined || Array.isArray(result.elements)).toBe(true);
        },
      ),
    );
    expect(decodeCallEvents(text.slice(0, -20))).toBeUndefined();
  });
});

describe('encodeCallEvents', () => {
  it('puts a roster of 350 participants into one message', () => {
    const roster = rosterOf(350, 1);

    const { texts, tooLarge } = encodeCallEvents(messageOf([roster]));

    expect(texts).toHaveLength(1);
    expect(tooLarge).toEqual([]);
    expect(decoded(texts[0] ?? '').elements).toEqual([roster]);
  });

  it('leaves small elements readable for people who look into the queue', () => {
    expect(textOf(CALL_KEY, [{ eventType: 'readable' }])).toContain('"elements":[{"eventType":"readable"}]');
  });

  it('puts every element into exactly one text when they need several, in their order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(1_000, 20_000, 40_000, 70_000), { minLength: 1, maxLength: 20 }),
        sizes => {
          const elements = sizes.map((size, index) => ({ index, noise: noise(size, index) }));

          const { texts, tooLarge } = encodeCallEvents(messageOf(elements));

          const indexOf = (element: unknown) => (element as { index: number }).index;
          const put = texts.flatMap(text => decoded(text).elements).map(indexOf);
          const isTooLarge = (index: number) => sizes[index] === 70_000;
          expect(put).toEqual([...sizes.keys()].filter(index => !isTooLarge(index)));
          expect(tooLarge.map(indexOf)).toEqual([...sizes.keys()].filter(isTooLarge));
          for (const text of texts) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MESSAGE_LIMIT_BYTES);
        },
      ),
      { numRuns: 10 },
    );
  });

  it('makes no message larger by the attempts that are counted in it', () => {
    const given = (chars: number) => messageOf([noise(chars)]);
    // The longest message that is still put as one text.
    let [fits, fitsNot] = [40_000, 60_000];
    while (fitsNot - fits > 1) {
      const middle = Math.floor((fits + fitsNot) / 2);
      if (encodeCallEvents(given(middle)).texts.length > 0) fits = middle;
      else fitsNot = middle;
    }

    for (const attempt of [1, 9, 10, 999, 1_000_000, Number.MAX_SAFE_INTEGER]) {
      expect(encodeCallEvents({ ...given(fits), attempt })).toMatchObject({ tooLarge: [], texts: [{}] });
    }
  });

  it('makes no message that cannot be read again, however small it is when deflated', () => {
    const grows = JSON.parse(`[${Array.from({ length: 100_000 }, () => '1e20').join(',')}]`) as unknown[];
    const elements = [grows, { eventType: 'small' }, grows, [...grows, ...grows]];

    const { texts, tooLarge } = encodeCallEvents(messageOf(elements));

    expect([...texts.flatMap(text => decoded(text).elements), ...tooLarge]).toHaveLength(elements.length);
  });

  it('makes no text of no elements that fails to be read', () => {
    expect(decoded(textOf(CALL_KEY, [])).elements).toEqual([]);
  });
});
