import * as z from 'zod';

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

/** What is to be known of each. */
export const settingInfo = z.registry<SettingInfo>();

/** Any number of days within it is a time that a date can hold. */
const WHOLE_NUMBER_MAX = 36_500;

/** What the app finds in place of a secret that Azure could not read from the vault: it would be one that all can guess. */
const UNRESOLVED = /^\s*@Microsoft\.KeyVault\(/i;

/** A setting that is there but empty counts as missing: that is how a template leaves it. */
export function text(info: SettingInfo, isValid: (value: string) => boolean = () => true) {
  return z
    .string()
    .optional()
    .transform(value => (value === '' ? undefined : value))
    .refine(value => value === undefined || (!UNRESOLVED.test(value) && isValid(value)))
    .register(settingInfo, info);
}

/** A text that proves who somebody is. Blanks around it are left over from pasting, and the other side has none. */
export function secret(info: Omit<SettingInfo, 'expected'>) {
  const expected = 'a text that nobody can guess, without blanks around it';
  return text({ ...info, expected }, value => value === value.trim());
}

/** Several values with commas between them; at least one where it is set, since none would mean that all may come in. */
export function list(info: SettingInfo) {
  return z
    .string()
    .optional()
    .refine(value => value === undefined || value === '' || /[^\s,]/.test(value))
    .transform(value =>
      (value ?? '')
        .split(',')
        .map(entry => entry.trim())
        .filter(entry => entry !== ''),
    )
    .register(settingInfo, info);
}

/** No number for all that JavaScript reads as one besides: blanks would be a 0. */
function readDigits(value: string): number {
  return /^\d+$/.test(value) ? Number(value) : Number.NaN;
}

/** A setting that is missing or empty counts as `otherwise`. */
export function wholeNumber(
  {
    from,
    to = WHOLE_NUMBER_MAX,
    otherwise,
  }: { readonly from: number; readonly to?: number; readonly otherwise: number },
  what: string,
) {
  return z
    .string()
    .optional()
    .transform(value => (value === undefined || value === '' ? otherwise : readDigits(value)))
    .pipe(z.int().min(from).max(to))
    .register(settingInfo, {
      what,
      expected: `a whole number from ${from} to ${to}`,
      example: String(otherwise),
      otherwise: String(otherwise),
    });
}
