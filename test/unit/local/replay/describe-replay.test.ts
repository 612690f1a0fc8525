import { describe, expect, it } from 'vitest';
import { InputError } from '../../../../local/command-line.ts';
import { type CallFile, decodeCallFile, encodeCallFile } from '../../../../local/replay/call-file.ts';
import { describeReplay } from '../../../../local/replay/describe-replay.ts';
import type { ActionDraft } from '../../../../shared/domain/action.ts';
import { atSecond, CALL_KEY, callEvent, eventOfElement, fold } from '../../../support/call-events.ts';
import { fixtureNames, loadFixture } from '../../../support/load-fixture.ts';

const FOLDER = 'preview-2021-04/call-481f3600';
const EVENTS = fixtureNames(FOLDER).map(name => eventOfElement(loadFixture(`${FOLDER}/${name}`)));
const STORED = fold(EVENTS).call;
const FILE: CallFile = {
  callKey: CALL_KEY,
  journal: EVENTS.map((event, index) => ({ number: index + 1, event })),
  stored: STORED,
};

describe('describeReplay', () => {
  it('tells each step, and that the call is what its journal says', () => {
    const { lines, matches } = describeReplay(FILE);

    expect(matches).toBe(true);
    expect(lines[0]).toBe(`Call ${CALL_KEY}`);
    for (const [index, { at, type }] of EVENTS.entries()) {
      expect(lines.some(line => line.includes(`${index + 1}  ${at}  ${type}`))).toBe(true);
    }
    expect(lines).toContain('        signal  connected');
    expect(lines.at(-1)).toBe('The replay ends in exactly what is stored.');
  });

  it.each([true, false])('finds that a file is as it was written, masked: %j', masked => {
    expect(describeReplay(decodeCallFile(encodeCallFile(FILE, { masked }))).matches).toBe(true);
  });

  it('finds that a masked file is as it was written, though its numbers came in no order', () => {
    const numbers = ['+14255550177', '+442079460018', '+14255550142', '8:acs:user', '+4930901820'];
    const invited = callEvent(atSecond(5), {
      type: 'participant.addSucceeded',
      operationContext: 'invite-1',
      result: null,
      participants: numbers,
    });
    const snapshot = callEvent(atSecond(6), {
      type: 'roster.snapshot',
      sequenceNumber: null,
      participants: numbers.map(rawId => ({ rawId, participantId: null, isMuted: false })),
    });
    const events = [snapshot, invited];
    const journal = events.map((event, index) => ({ number: index + 1, event }));
    const file = { callKey: CALL_KEY, journal, stored: fold(events).call };

    const { lines, matches } = describeReplay(decodeCallFile(encodeCallFile(file, { masked: true })));

    expect(lines.at(-1)).toBe('The replay ends in exactly what is stored.');
    expect(matches).toBe(true);
  });

  it.each<readonly [string, CallFile, RegExp]>([
    [
      'state was tampered with',
      { ...FILE, stored: { ...STORED, state: 'connecting', tones: [] } },
      /differs from what is stored in: state, tones\./,
    ],
    [
      'journal lacks an event',
      { ...FILE, journal: FILE.journal.filter(({ event }) => event.type !== 'tone.received') },
      /differs from what is stored in: .*tones/,
    ],
    ['journal is empty', { ...FILE, journal: [] }, /differs|nothing/i],
  ])('says what differs when the %s', (_, file, verdict) => {
    const { lines, matches } = describeReplay(file);

    expect(matches).toBe(false);
    expect(lines.at(-1)).toMatch(verdict);
  });

  it.each([
    ['is doubled', [...FILE.journal, ...FILE.journal], /numbers that come more than once: 1, 2/],
    [
      'has an event twice',
      [...FILE.journal, ...FILE.journal.slice(-1).map(({ event }) => ({ number: EVENTS.length + 1, event }))],
      /events that are in it more than once: /,
    ],
    [
      'has a gap',
      FILE.journal.map(({ number, event }) => ({ number: number + 2, event })),
      /numbers that are missing: 1 to 2/,
    ],
  ])('says what is wrong with a journal that %s, though it ends in what is stored', (_, journal, fault) => {
    const { lines, matches } = describeReplay({ ...FILE, journal });

    expect(matches).toBe(false);
    expect(lines.filter(line => line.startsWith('The journal is not whole: ')).join()).toMatch(fault);
    expect(lines.at(-1)).not.toMatch(/exactly/);
  });

  it('goes by the numbers of the entries and not by their place', () => {
    const { lines, matches } = describeReplay({ ...FILE, journal: FILE.journal.toReversed() });

    expect(lines.at(-1)).toBe('The replay ends in exactly what is stored.');
    expect(matches).toBe(true);
  });

  it('names the flow that is not here', () => {
    const requested = callEvent(atSecond(1), {
      type: 'call.requested',
      actionId: 'a1',
      action: { kind: 'createCall', to: ['4:+14255550142'] } as unknown as ActionDraft,
      flow: { name: 'nowhere', version: 7, input: {} },
    });
    const file = { callKey: CALL_KEY, journal: [{ number: 1, event: requested }], stored: null };

    expect(() => describeReplay(file)).toThrow(/the flow nowhere in version 7 .*flows\/registry\.ts/);
    expect(() => describeReplay(file)).toThrow(InputError);
  });

  it('has nothing to compare with when nothing is stored', () => {
    const { lines, matches } = describeReplay({ ...FILE, stored: null });

    expect(matches).toBe(false);
    expect(lines.at(-1)).toBe('Nothing is stored to compare it with.');
  });
});
