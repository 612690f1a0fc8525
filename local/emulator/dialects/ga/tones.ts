/** The keys of a telephone by the names that Call Automation gives them. Flash is none of them. */
const NAMES: readonly (readonly [key: string, name: string])[] = [
  ...['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'].map(
    (name, digit): [string, string] => [String(digit), name],
  ),
  ...['A', 'B', 'C', 'D'].map((key): [string, string] => [key, key.toLowerCase()]),
  ['#', 'pound'],
  ['*', 'asterisk'],
];

const NAME_BY_KEY: ReadonlyMap<string, string> = new Map(NAMES);
const KEY_BY_NAME: ReadonlyMap<string, string> = new Map(NAMES.map(([key, name]) => [name, key]));

/** The name of a key; undefined for one that has none. */
export function toneNameOf(key: string): string | undefined {
  return NAME_BY_KEY.get(key);
}

/** The key of a name; undefined for what is no name. */
export function keyNamed(name: string): string | undefined {
  return KEY_BY_NAME.get(name);
}
