import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { choiceIn, InputError, integerIn, numberIn, runCommand } from '../../../local/command-line.ts';

const USAGE = 'Usage: npm run ring -- [--times N] [--tone NAME] [FILE]';

/** Runs a command that takes a number and a choice. */
function ring(...args: readonly string[]): Promise<number> {
  const options = {
    times: { type: 'string', default: '1' },
    part: { type: 'string', default: '0' },
    tone: { type: 'string', default: 'low' },
  } as const;
  return runCommand(
    {
      usage: USAGE,
      options,
      positionalsMax: 1,
      run({ values, positionals: [file] }) {
        integerIn(values.times, { name: '--times', least: 1, most: 9 });
        numberIn(values.part, { name: '--part', least: 0, most: 1 });
        choiceIn(values.tone, '--tone', ['low', 'high']);
        if (file === 'gone') throw new InputError('gone is not there.');
        if (file === 'bug') throw new TypeError('a bug');
        return Promise.resolve(file === 'differs' ? 1 : 0);
      },
    },
    args,
  );
}

describe('runCommand', () => {
  const told: string[] = [];
  beforeEach(() => {
    told.length = 0;
    for (const stream of ['log', 'error'] as const) {
      vi.spyOn(console, stream).mockImplementation((text: string) => void told.push(`${stream}: ${text}`));
    }
  });
  afterEach(() => void vi.restoreAllMocks());

  it.each(['--help', '-h'])('prints the usage for %s, whatever else is given', async help => {
    expect(await ring(help, '--times', 'x')).toBe(0);
    expect(told).toEqual([`log: ${USAGE}`]);
  });

  it.each([
    [['--tmies', '1'], "Unknown option '--tmies'."],
    [['--times'], "Option '--times <value>' argument missing."],
    [['--times', 'x'], '--times must be a number from 1 to 9, not "x".'],
    [['--times', ''], '--times must be a number from 1 to 9, not "".'],
    [['--times=-1'], '--times must be a number from 1 to 9, not "-1".'],
    [['--times', '1.5'], '--times must be a whole number, not "1.5".'],
    [['--part', '2'], '--part must be a number from 0 to 1, not "2".'],
    [['--tone', 'shrill'], '--tone must be low or high, not "shrill".'],
    [['a', 'b'], '"b" is one argument too many.'],
  ])('says what is wrong with %j, with the usage', async (args, message) => {
    expect(await ring(...args)).toBe(2);
    expect(told).toEqual([`error: ${message}\n\n${USAGE}`]);
  });

  it('says how a value that begins with a dash is given', async () => {
    expect(await ring('--times', '-1')).toBe(2);
    expect(told.join()).toContain("use '--times=-XYZ'");
  });

  it('says in one line what is wrong with what the command line names', async () => {
    expect(await ring('gone')).toBe(2);
    expect(told).toEqual(['error: gone is not there.']);
  });

  it('gives the exit code of the command', async () => {
    expect(await ring()).toBe(0);
    expect(await ring('differs')).toBe(1);
  });

  it('leaves a mistake in the code its stack', async () => {
    await expect(ring('bug')).rejects.toThrow(TypeError);
  });
});
