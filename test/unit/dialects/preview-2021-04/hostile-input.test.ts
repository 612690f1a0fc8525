import { describe, expect, it } from 'vitest';
import { fingerprintOf } from '../../../../shared/dialects/fingerprint.ts';
import { preview202104 } from '../../../../shared/dialects/preview-2021-04/preview-2021-04.ts';
import { element, participantsUpdated, stateChanged } from '../../../support/preview-2021-04-elements.ts';

const AT = '2021-05-05T20:08:39.0157964Z';

describe('preview202104 on hostile input', () => {
  it.each(['[', '{"a":'])('reads an unknown event that is nested 60 levels deep in %s', opening => {
    const wire = { ...element('Unknown', {}), data: nested(opening, 60) };

    const result = preview202104.read(wire);

    expect(result).toMatchObject({ ok: true, event: { payload: { type: 'unknown', raw: wire } } });
    expect(result.ok && fingerprintOf(result.event)).toMatch(/^[\w-]{22}$/);
  });

  it.each([
    { opening: '[', levels: 100 },
    { opening: '{"a":', levels: 100 },
    { opening: '[', levels: 200_000 },
    { opening: '{"a":', levels: 200_000 },
  ])('refuses an event that is nested $levels levels deep in $opening', ({ opening, levels }) => {
    const wire = { ...element('Unknown', {}), data: nested(opening, levels) };

    expect(preview202104.recognises(wire)).toBe(true);
    expect(preview202104.read(wire)).toMatchObject({ ok: false, issues: [{ pointer: '' }] });
  });

  it('takes nothing from a member named __proto__, and leaves prototypes alone', () => {
    const wire: unknown = JSON.parse(
      `{"eventType":"Microsoft.Communication.CallLegStateChanged","eventTime":"${AT}",
        "__proto__":{"id":"forged","isAdmin":true},
        "data":{"CallState":"Established","__proto__":{"callLegId":"forged","conversationId":"forged"},
                "constructor":{"prototype":{"isAdmin":true}}}}`,
    );

    const result = preview202104.read(wire);

    expect(result).toMatchObject({
      ok: true,
      event: { eventId: null, wireId: null, payload: { type: 'call.connected', conversationId: null } },
    });
    expect(({} as Record<string, unknown>)['isAdmin']).toBeUndefined();
  });

  it('does not know an event by a type that is inherited', () => {
    const wire: unknown = JSON.parse(
      `{"__proto__":{"eventType":"Microsoft.Communication.DtmfReceived"},"data":{}}`,
    );

    expect(preview202104.recognises(wire)).toBe(false);
  });

  it('refuses ids that are too long for a key or a row', () => {
    const long = 'x'.repeat(1_000_000);
    const wires = [
      stateChanged(long, AT),
      stateChanged('Established', AT, long),
      { ...stateChanged('Established', AT), subject: long },
      participantsUpdated([long], AT),
    ];

    expect(wires.map(wire => preview202104.read(wire).ok)).toEqual([false, false, false, false]);
  });

  it('cuts a long message, which is only for people', () => {
    const ResultInfo = { Code: 500, Subcode: 9999, Message: 'é'.repeat(1_000_000) };
    const wire = element('PlayAudioResult', { Status: 'Failed', ResultInfo });

    expect(preview202104.read(wire)).toMatchObject({
      ok: true,
      event: { payload: { type: 'play.failed', result: { message: 'é'.repeat(1024) } } },
    });
  });

  it('reads quickly a time that is a megabyte of digits', () => {
    const eventTime = `2021-05-05T20:08:39.${'1'.repeat(1_000_000)}Z`;

    expect(preview202104.read(stateChanged('Established', eventTime))).toMatchObject({
      ok: true,
      event: { at: '2021-05-05T20:08:39.1111111Z' },
    });
  });
});

/** As a parsed body has it: the parser of the platform takes any depth. */
function nested(opening: string, levels: number): unknown {
  const closing = opening === '[' ? ']' : '}';
  return JSON.parse(`${opening.repeat(levels)}1${closing.repeat(levels)}`);
}
