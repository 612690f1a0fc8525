/** What is to be known of a setting beside its type. `docs/settings.md` is made of it. */
export interface SettingInfo {
  /** What it is for. */
  readonly what: string;
  /** What a value must be, to follow the word "expected". */
  readonly expected: string;
  readonly example: string;
  /** What holds where it is not set. */
  readonly otherwise: string;
  /** Which settings the deployed app has in its place. Where there are none, infra/ must set it: a test compares. */
  readonly onAzureInstead?: string;
}

/** A setting: what is to be known of it, and what reads it. Plain, since every start makes and reads all that there are. */
export interface Setting<Value> {
  readonly info: SettingInfo;
  /** Reads what is in the environment, which is empty where nothing is; undefined for what is wrong. */
  read(text: string): { readonly value: Value } | undefined;
}

/** What settings are read to, by their names. */
export type ValuesOf<Settings extends Readonly<Record<string, Setting<unknown>>>> = {
  readonly [Name in keyof Settings]: Settings[Name] extends Setting<infer Value> ? Value : never;
};

/** Any number of days within it is a time that a date can hold. */
const WHOLE_NUMBER_MAX = 36_500;

/** What the app finds in place of a secret that Azure could not read from the vault: it would be one that all can guess. */
const UNRESOLVED = /^\s*@Microsoft\.KeyVault\(/i;

/** A setting that is there but empty counts as missing: that is how a template leaves it. */
export function text(
  info: SettingInfo,
  isValid: (value: string) => boolean = () => true,
): Setting<string | undefined> {
  return {
    info,
    read(value) {
      if (value === '') return { value: undefined };
      return !UNRESOLVED.test(value) && isValid(value) ? { value } : undefined;
    },
  };
}

/** A text that proves who somebody is. Blanks around it are left over from pasting, and the other side has none. */
export function secret(info: Omit<SettingInfo, 'expected'>): Setting<string | undefined> {
  const expected = 'a text that nobody can guess, without blanks around it';
  return text({ ...info, expected }, value => value === value.trim());
}

/** Several values with commas between them; at least one where it is set, since none would mean that all may come in. */
export function list(info: SettingInfo): Setting<readonly string[]> {
  return {
    info,
    read(text) {
      const value = text
        .split(',')
        .map(entry => entry.trim())
        .filter(entry => entry !== '');
      return text === '' || value.length > 0 ? { value } : undefined;
    },
  };
}

/** A setting that is missing or empty counts as `otherwise`. */
export function wholeNumber(
  {
    from,
    to = WHOLE_NUMBER_MAX,
    otherwise,
  }: { readonly from: number; readonly to?: number; readonly otherwise: number },
  what: string,
): Setting<number> {
  return {
    info: {
      what,
      expected: `a whole number from ${from} to ${to}`,
      example: String(otherwise),
      otherwise: String(otherwise),
    },
    read(text) {
      if (text === '') return { value: otherwise };
      const value = readDigits(text);
      return value >= from && value <= to ? { value } : undefined;
    },
  };
}

/** No number for all that JavaScript reads as one besides: blanks would be a 0. */
function readDigits(value: string): number {
  return /^\d+$/.test(value) ? Number(value) : Number.NaN;
}
