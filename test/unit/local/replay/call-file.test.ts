import { describe, expect, it } from 'vitest';
import { InputError } from '../../../../local/command-line.ts';
import { type CallFile, decodeCallFile, encodeCallFile } from '../../../../local/replay/call-file.ts';
import { CALL_KEY, eventOfElement, fold } from '../../../support/call-events.ts';
import { fixtureNames, loadFixture } from '../../../support/load-fixture.ts';

const FOLDER = 'preview-2021-04/call-481f3600';

function callFile(): CallFile {
  const events = fixtureNames(FOLDER).map(name => eventOfElement(loadFixture(`${FOLDER}/${name}`)));
  const journal = events.map((event, index) => ({ number: index + 1, event }));
  return { callKey: CALL_KEY, journal, stored: fold(events).call };
}

/** A call file of which only its texts matter. */
function withTexts(...texts: readonly string[]): CallFile {
  return { ...callFile(), callKey: texts.join(' ') };
}

const maskedKey = (file: CallFile) => decodeCallFile(encodeCallFile(file, { masked: true })).callKey;

describe('decodeCallFile', () => {
  it('gives back what encodeCallFile was given', () => {
    expect(decodeCallFile(encodeCallFile(callFile(), { masked: false }))).toEqual(callFile());
    const unstored = { ...callFile(), stored: null };
    expect(decodeCallFile(encodeCallFile(unstored, { masked: false }))).toEqual(unstored);
  });

  it.each([
    ['empty', ''],
    ['no JSON', 'hello'],
    ['cut short', '{"format":"ringback-call/1","callKey":"c'],
    ['something else', '{}'],
    ['of another format', '{"format":"ringback-call/2","callKey":"c1","journal":[],"stored":null}'],
    ['without a journal', '{"format":"ringback-call/1","callKey":"c1","stored":null}'],
    [
      'with a journal of something else',
      '{"format":"ringback-call/1","callKey":"c1","journal":[1],"stored":null}',
    ],
  ])('fails on a text that is %s', (_, text) => {
    expect(() => decodeCallFile(text)).toThrow(InputError);
  });
});

describe('decodeCallFile of a journal whose event lacks a part', () => {
  it.each(['actionId', 'action', 'flow'])('names the %s that is missing', part => {
    const requested = {
      ...{ type: 'call.requested', fingerprint: 'f1', dialect: 'ga', actionId: 'a1', action: {}, flow: null },
      ...{ at: '2026-01-01T00:00:00.0000000Z', receivedAt: '2026-01-01T00:00:00.0000000Z' },
    };
    const text = (event: object) =>
      JSON.stringify({
        ...{ format: 'ringback-call/1', callKey: 'c1', stored: null },
        journal: [{ number: 1, event }],
      });

    expect(() => decodeCallFile(text(requested))).not.toThrow();
    expect(() => decodeCallFile(text({ ...requested, [part]: undefined }))).toThrow(
      `expected the ${part} of call.requested`,
    );
  });
});

describe('encodeCallFile', () => {
  it('leaves the text alone when no mask is asked for', () => {
    expect(encodeCallFile(withTexts('+14255550142'), { masked: false })).toContain('+14255550142');
  });

  it('replaces each number by another, always the same, which nobody has', () => {
    const masked = maskedKey(withTexts('+14255550142', '4:+14255550143', '+14255550142'));

    const [one, two, again] = masked.split(' ');
    expect(masked).not.toMatch(/\+1425/);
    expect(one).toMatch(/^\+999\d{8}$/);
    expect(two).toMatch(/^4:\+999\d{8}$/);
    expect(two).not.toContain(one);
    expect(again).toBe(one);
  });

  it('masks a whole call, which then still replays', () => {
    const text = encodeCallFile(callFile(), { masked: true });

    expect(text).not.toMatch(/\+(?!999)\d{5,15}/);
    expect(decodeCallFile(text).journal).toHaveLength(callFile().journal.length);
  });
});
