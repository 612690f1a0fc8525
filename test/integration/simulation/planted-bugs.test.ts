import { describe, expect, it } from 'vitest';
import { findBug } from '../../simulation/find-bug.ts';
import { PLANTED_BUGS } from '../../simulation/planted-bugs.ts';

/** Seconds on an idle machine; not so on one that is busy. */
const TIMEOUT_MS = 180_000;

describe('the simulator', () => {
  it.each(Object.entries(PLANTED_BUGS))(
    'finds from five seeds: %s',
    { timeout: TIMEOUT_MS },
    async (_name, plant) => {
      expect(await findBug(plant)).not.toContain(null);
    },
  );
});
