import { describe, expect, it } from 'vitest';
import { CallGenerator } from '../../simulation/generate-call.ts';
import { generateScenario } from '../../simulation/generate-scenario.ts';
import { BRIEF } from '../../simulation/history-length.ts';
import { profileOf } from '../../simulation/profiles.ts';
import { Random } from '../../simulation/random.ts';

const SEEDS = Array.from({ length: 1_000 }, (_, index) => index + 1);

describe('CallGenerator', () => {
  it('makes calls of nine events or more, no two of them the same', () => {
    for (const seed of SEEDS) {
      const events = new CallGenerator(new Random(seed, 100), 'leg', { startsAtMs: 0, ...BRIEF }).generate();
      const texts = new Set(events.map(({ element }) => JSON.stringify(element)));

      expect(events.length, `seed ${seed}`).toBeGreaterThanOrEqual(9);
      expect(texts.size, `seed ${seed}`).toBe(events.length);
    }
  });
});

describe('generateScenario', () => {
  it('has two workers or more, and something that goes wrong', () => {
    for (const seed of SEEDS) {
      const { scenario, counts } = generateScenario(seed, profileOf(seed));
      const mayFail = 'perStep' in scenario.faults && scenario.faults.perStep > 0;

      expect(scenario.clockSkewsMs.length, `seed ${seed}`).toBeGreaterThanOrEqual(2);
      expect(mayFail || counts.size > 0, `seed ${seed}`).toBe(true);
    }
  });

  it('has nine events or more in every history, of a call of ours or of another', () => {
    for (const seed of SEEDS) {
      const { deliveries, placed } = generateScenario(seed, profileOf(seed)).scenario;
      const elements = [...deliveries, ...(placed ?? []).flatMap(({ told }) => told)].flatMap(
        delivery => delivery.elements,
      );

      expect(new Set(elements).size, `seed ${seed}`).toBeGreaterThanOrEqual(9);
    }
  });
});
