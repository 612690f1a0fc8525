import { describe, expect, it } from 'vitest';
import type { LegEvent } from '../../../../local/emulator/core/leg-event.ts';
import { randomStreams } from '../../../../local/emulator/core/random-streams.ts';
import { FaultDial } from '../../../../local/emulator/faults/fault-dial.ts';
import { faultSettingsSchema } from '../../../../local/emulator/faults/fault-settings.ts';
import { legRef } from '../../../support/emulator/leg-ref.ts';

const ALL = {
  requests: { throttle: 0.1, failBefore: 0.1, failAfter: 0.1, dropBefore: 0.1, dropAfter: 0.1, slow: 0.3 },
  callbacks: { duplicate: 0.3, restamp: 0.3, reorder: 0.3, delay: 0.3, drop: 0.3, batch: 0.3, split: 0.3 },
};

function tone(label: string): LegEvent {
  const news = { type: 'tone', sequenceId: 1, key: '1' } as const;
  return { id: 'e1', leg: legRef(label), callbackUri: 'http://app', at: { ms: 0, ticks: 0 }, news };
}

describe('FaultDial', () => {
  it('lets a call meet the same whatever else goes on', () => {
    const alone = new FaultDial(randomStreams(7), ALL);
    const crowded = new FaultDial(randomStreams(7), ALL);
    for (let index = 0; index < 50; index += 1) {
      crowded.callbackFate(tone(`other ${index}`));
      crowded.requestFate(`createCall|other ${index}`);
    }

    const fates = [alone, crowded].map(dial =>
      Array.from({ length: 50 }, () => [dial.callbackFate(tone('a')), dial.requestFate('playAudio|a')]),
    );

    expect(fates[1]).toEqual(fates[0]);
    expect(new Set(fates[0]?.map(fate => JSON.stringify(fate))).size).toBeGreaterThan(10);
  });

  it('meets calls otherwise for another seed', () => {
    const [one, other] = [1, 2].map(seed => {
      const dial = new FaultDial(randomStreams(seed), ALL);
      return Array.from({ length: 20 }, () => dial.callbackFate(tone('a')));
    });

    expect(other).not.toEqual(one);
  });

  it('hits as often as it is told, one fault at a time', () => {
    const dial = new FaultDial(randomStreams(1), ALL);

    const faults = Array.from(
      { length: 10_000 },
      (_, index) => dial.requestFate(`createCall|${index}`).fault,
    );

    for (const name of ['throttle', 'failBefore', 'failAfter', 'dropBefore', 'dropAfter']) {
      const share = faults.filter(fault => fault === name).length / faults.length;
      expect(share).toBeGreaterThan(0.08);
      expect(share).toBeLessThan(0.12);
    }
  });

  it('does nothing to a request or event when it is not turned', () => {
    const dial = new FaultDial(randomStreams(1));

    expect(dial.requestFate('createCall|a')).toEqual({ fault: undefined, slowMs: 0 });
    expect(Object.values(dial.callbackFate(tone('a'))).some(Boolean)).toBe(false);
  });

  it('does not change what other faults hit when one is turned', () => {
    const [without, withDrop] = [0, 0.5].map(drop => {
      const dial = new FaultDial(randomStreams(1), { callbacks: { duplicate: 0.5, drop } });
      return Array.from({ length: 50 }, () => dial.callbackFate(tone('a')).duplicate);
    });

    expect(withDrop).toEqual(without);
  });
});

describe('faultSettingsSchema', () => {
  it.each([
    { name: 'a probability above 1', settings: { callbacks: { drop: 1.5 } } },
    { name: 'an unknown fault', settings: { callbacks: { explode: 1 } } },
    {
      name: 'faults that exclude each other and sum up to more than 1',
      settings: { requests: { throttle: 0.6, dropAfter: 0.6 } },
    },
  ])('refuses $name', ({ settings }) => {
    expect(faultSettingsSchema.safeParse(settings).success).toBe(false);
  });
});
