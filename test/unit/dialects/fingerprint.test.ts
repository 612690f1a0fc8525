import { describe, expect, it } from 'vitest';
import { fingerprintOf } from '../../../shared/dialects/fingerprint.ts';
import { preview202104 } from '../../../shared/dialects/preview-2021-04/preview-2021-04.ts';
import {
  CONVERSATION_ID,
  dtmfReceived,
  element,
  participantsUpdated,
  playAudioResult,
  stateChanged,
} from '../../support/preview-2021-04-elements.ts';

const AT = '2021-05-05T20:08:39.0157964Z';

function fingerprint(wire: unknown): string {
  const result = preview202104.read(wire);
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return fingerprintOf(result.event);
}

describe('fingerprintOf', () => {
  it('is 22 characters that a table key can hold', () => {
    expect(fingerprint(dtmfReceived(1, 'Tone1', AT))).toMatch(/^[\w-]{22}$/);
  });

  it.each([
    {
      name: 'spells its type otherwise',
      again: { ...dtmfReceived(1, 'Tone1', AT), eventType: 'microsoft.communication.dtmfreceived' },
    },
    {
      name: 'spells its keys otherwise and leaves its nulls out',
      again: {
        Data: {
          toneInfo: { tone: 'tone1', sequenceId: 1 },
          callLegId: dtmfReceived(1, '', AT).data.CallLegId,
        },
        EventType: 'Microsoft.Communication.DtmfReceived',
        EventTime: AT,
      },
    },
    {
      name: 'writes its time with another offset',
      again: dtmfReceived(1, 'Tone1', '2021-05-05T22:08:39.0157964+02:00'),
    },
    {
      name: 'comes with members that are not read',
      again: { ...dtmfReceived(1, 'Tone1', AT), dataVersion: '2.0' },
    },
  ])('is equal for an event without id that $name', ({ again }) => {
    expect(fingerprint(again)).toBe(fingerprint(dtmfReceived(1, 'Tone1', AT)));
  });

  it('is equal for two listings of one roster in another order', () => {
    const listed = participantsUpdated(['ann', 'ben muted'], AT);
    const turned = participantsUpdated(['ben muted', 'ann'], AT);

    expect(fingerprint(turned)).toBe(fingerprint(listed));
  });

  it('is different for any two events without id that say different things', () => {
    const events = [
      dtmfReceived(1, 'Tone1', AT),
      dtmfReceived(2, 'Tone1', AT),
      dtmfReceived(1, 'Tone2', AT),
      dtmfReceived(1, 'Tone1', '2021-05-05T20:08:39.0157965Z'),
      {
        ...dtmfReceived(1, 'Tone1', AT),
        data: { ToneInfo: { SequenceId: 1, Tone: 'Tone1' }, CallLegId: 'x' },
      },
      stateChanged('Established', AT),
      stateChanged('Established', AT, CONVERSATION_ID),
      stateChanged('Hold', AT),
      stateChanged('Unhold', AT),
      playAudioResult('Running', AT),
      playAudioResult('Completed', AT),
      playAudioResult('Completed', AT, { code: 200 }),
      playAudioResult('Completed', AT, { code: 200, operationContext: 'play-2' }),
      participantsUpdated([], AT),
      participantsUpdated(['ann'], AT),
      participantsUpdated(['ann muted'], AT),
      participantsUpdated(['ann', 'ann'], AT),
      element('Unknown', { Score: 1 }, { eventTime: AT }),
      element('Unknown', { Score: 2 }, { eventTime: AT }),
    ];

    expect(new Set(events.map(fingerprint)).size).toBe(events.length);
  });

  it('is decided by type and id where there is an id', () => {
    const withId = (wire: object, id: string) => fingerprint({ ...wire, id });

    const first = withId(dtmfReceived(1, 'Tone1', AT), 'e1');
    const later = withId(dtmfReceived(1, 'Tone1', '2021-05-05T20:09:00Z'), 'e1');
    const other = withId(dtmfReceived(1, 'Tone1', AT), 'e2');
    const otherType = withId(playAudioResult('Running', AT), 'e1');

    expect(later).toBe(first);
    expect(new Set([first, other, otherType, fingerprint(dtmfReceived(1, 'Tone1', AT))]).size).toBe(4);
  });

  it('stays what it is from version to version, since journals are keyed by it', () => {
    const withId = { ...element('InviteParticipantResult', { Status: 'Completed' }), id: 'e1' };

    expect(fingerprint(withId)).toBe('SuH4OW_92LlyGd1rDaqDrw');
    expect(fingerprint(dtmfReceived(1, 'Tone1', AT))).toBe('wxYOGfHEmhiwOqnyp8pdRv');
  });
});
