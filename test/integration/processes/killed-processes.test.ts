import { describe, expect, inject, it } from 'vitest';
import { problemsOf, runCase } from '../../processes/run-case.ts';

/** Most runs take ten seconds; one in which a kill loses a nudge waits a minute for the sweep. */
const TIMEOUT_MS = 180_000;

describe('runCase', () => {
  it(
    'loses nothing and does nothing twice when workers are killed in the middle',
    async () => {
      const connectionString = inject('storageConnectionString');
      const result = await runCase({
        connectionString,
        calls: 15,
        workers: 2,
        kills: 3,
        seed: 7,
        order: 'scattered',
      });

      expect(problemsOf(result)).toEqual([]);
      expect(result.totals.processed, 'most deliveries are told of by their workers').toBeGreaterThan(60);
      expect(result.actionStates['done'], 'there were actions to be done').toBeGreaterThan(15);
    },
    TIMEOUT_MS,
  );
});
