import { describe, expect, it } from 'vitest';
import type { Signal } from '../../../shared/domain/signal.ts';
import { triggerOf } from '../../../shared/flows/trigger-of.ts';
import { atSecond } from '../../support/call-events.ts';

const at = atSecond(1);

function ended(operationContext: string | null): Signal {
  return {
    type: 'operationEnded',
    at,
    kind: 'playAudio',
    operationContext,
    participants: [],
    status: 'completed',
  };
}

const SIGNALS: readonly (readonly [Signal, string])[] = [
  [{ type: 'connected', at }, 'connected'],
  [{ type: 'disconnected', at }, 'disconnected'],
  [{ type: 'toneReceived', at, sequenceId: 3, tone: 'pound' }, 'tone#3:pound'],
  [{ type: 'toneReceived', at, sequenceId: 3, tone: 'one' }, 'tone#3:one'],
  [{ type: 'rosterChanged', at, present: ['ann'] }, `roster:${at}`],
  [{ type: 'timerFired', at, timerId: 'silence', generation: 2 }, 'timer:silence#2'],
  [ended('play-1'), 'playAudio:play-1'],
  [ended(null), 'playAudio:'],
];

describe('triggerOf', () => {
  it.each(SIGNALS)('says what %j is about', (signal, trigger) => {
    expect(triggerOf(signal)).toBe(trigger);
  });

  it('tells signals apart that are about different things', () => {
    expect(new Set(SIGNALS.map(([signal]) => triggerOf(signal))).size).toBe(SIGNALS.length);
  });

  it('does not depend on the order in which an event names participants', () => {
    const [one, other] = [
      ['4:+14255550100', '8:acs:ann'],
      ['8:acs:ann', '4:+14255550100'],
    ].map(participants => triggerOf({ ...ended('invite'), participants } as Signal));

    expect(one).toBe('playAudio:invite:4:+14255550100:8:acs:ann');
    expect(other).toBe(one);
  });

  it.each(SIGNALS.filter(([{ type }]) => type !== 'rosterChanged'))(
    'is the same for %j whenever it was told',
    (signal, trigger) => {
      expect(triggerOf({ ...signal, at: atSecond(99) })).toBe(trigger);
    },
  );
});
