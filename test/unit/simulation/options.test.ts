import { describe, expect, it } from 'vitest';
import { readArgs } from '../../../local/command-line.ts';
import { OPTIONS, simulateOptions } from '../../simulation/options.ts';

function read(args: readonly string[]) {
  return simulateOptions(readArgs({ args: [...args], options: OPTIONS }).values);
}

describe('the options of the simulation', () => {
  it('are a minute of all kinds of histories, after every crash point, unless told', () => {
    expect(read([])).toMatchObject({ seconds: 60, seed: 1, isSystematic: true });
  });

  it('take a number of histories however long they take', () => {
    expect(read(['--histories', '500'])).toMatchObject({
      historiesMax: 500,
      seconds: 86_400,
      isSystematic: false,
    });
    expect(read(['--histories', '500', '--seconds', '3'])).toMatchObject({ seconds: 3 });
  });

  it.each([
    ['--histories', 'abc'],
    ['--histories', '0'],
    ['--seconds', '1.5'],
    ['--seconds', ''],
    ['--seed', '1.5'],
    ['--seed', '-'],
    ['--seed', '4294967296'],
    ['--profile', 'Crashy'],
    ['--histores', '5'],
  ])('refuse %s %s', (name, value) => {
    expect(() => read([name, value])).toThrow(name);
  });
});
