import { type ParseArgsConfig, type ParseArgsOptionsConfig, parseArgs } from 'node:util';

/** What a person gave cannot be used; the message says what is wrong with it and what to do, without a stack. */
export class InputError extends Error {
  override readonly name: string = 'InputError';
}

/** The command line itself is wrong, so that the usage is shown as well. */
export class UsageError extends InputError {
  override readonly name = 'UsageError';
}

type Parsed<Options extends ParseArgsOptionsConfig> = ReturnType<
  typeof parseArgs<{ options: Options; allowPositionals: boolean }>
>;

/** A command of npm: its options, and what it does with them. */
export interface Command<Options extends ParseArgsOptionsConfig> {
  readonly usage: string;
  readonly options: Options;
  /** How many arguments it takes beside its options; none unless told. */
  readonly positionalsMax?: number;
  /** Resolves to the exit code. */
  run(parsed: Parsed<Options>): Promise<number>;
}

/**
 * Runs a command and resolves to its exit code: 0 after `--help`, 2 where the command line or what it names is wrong,
 * which is told in words. Other errors are thrown: they are mistakes in the code, and need their stack.
 */
export async function runCommand<Options extends ParseArgsOptionsConfig>(
  { usage, options, positionalsMax = 0, run }: Command<Options>,
  args: readonly string[] = process.argv.slice(2),
): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    console.log(usage);
    return 0;
  }
  try {
    const parsed = readArgs({ args: [...args], options, allowPositionals: positionalsMax > 0 });
    const [surplus] = parsed.positionals.slice(positionalsMax);
    if (surplus !== undefined) throw new UsageError(`"${surplus}" is one argument too many.`);
    return await run(parsed);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    console.error(error instanceof UsageError ? `${error.message}\n\n${usage}` : error.message);
    return 2;
  }
}

/** As `parseArgs` of Node. @throws UsageError with what it says. */
export function readArgs<Config extends ParseArgsConfig>(
  config: Config,
): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (error) {
    const whole = error instanceof Error ? error.message : String(error);
    // What it says besides is of arguments that these commands do not take.
    const [message = ''] = whole.replaceAll('\n', ' ').split('. To specify a positional');
    throw new UsageError(`${message.replace(/\.$/, '')}.`, { cause: error });
  }
}

/** What numbers an option takes. */
export interface Bounds {
  /** Of the option, with its dashes. */
  readonly name: string;
  readonly least: number;
  readonly most: number;
}

/** The number in an option's text. @throws UsageError */
export function numberIn(text: string, { name, least, most }: Bounds): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= least && value <= most) return value;
  throw new UsageError(`${name} must be a number from ${least} to ${most}, not "${text}".`);
}

/** The whole number in an option's text. @throws UsageError */
export function integerIn(text: string, bounds: Bounds): number {
  const value = numberIn(text, bounds);
  if (Number.isInteger(value)) return value;
  throw new UsageError(`${bounds.name} must be a whole number, not "${text}".`);
}

/** The choice that an option's text names. @throws UsageError */
export function choiceIn<const Choice extends string>(
  text: string,
  name: string,
  choices: readonly Choice[],
): Choice {
  const choice = choices.find(known => known === text);
  if (choice !== undefined) return choice;
  throw new UsageError(`${name} must be ${choices.join(' or ')}, not "${text}".`);
}
