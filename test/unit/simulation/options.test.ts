import { describe, expect, it } from 'vitest';
import { simulateOptions } from '../../simulation/options.ts';

describe('the options of the simulation', () => {
  it('are a minute of all kinds of histories, after every crash point, unless told', () => {
    expect(simulateOptions([])).toMatchObject({ seconds: 60, seed: 1, isSystematic: true });
  });

  it('take a number of histories however long they take', () => {
    expect(simulateOptions(['--histories', '500'])).toMatchObject({
      historiesMax: 500,
      seconds: 86_400,
      isSystematic: false,
    });
    expect(simulateOptions(['--histories', '500', '--seconds', '3'])).toMatchObject({ seconds: 3 });
  });

  it.each([
    ['--histories', 'abc'],
    ['--histories', '0'],
    ['--seconds', '1.5'],
    ['--seconds', ''],
    ['--seed', '1.5'],
    ['--seed', '-'],
    ['--profile', 'Crashy'],
    ['--histores', '5'],
  ])('refuse %s %s', (name, value) => {
    expect(() => simulateOptions([name, value])).toThrow(name);
  });
});
