import { describe, expect, it } from 'vitest';
import { findBug } from '../../simulation/find-bug.ts';
import { PLANTED_BUGS } from '../../simulation/planted-bugs.ts';

describe('the simulator', () => {
  it.each(Object.entries(PLANTED_BUGS))('finds from five seeds: %s', async (_name, plant) => {
    expect(await findBug(plant)).not.toContain(null);
  });
});
