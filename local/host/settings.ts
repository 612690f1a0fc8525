import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from './start-error.ts';

/** App settings by name, as the app sees them in its environment. */
export type Settings = Readonly<Record<string, string>>;

/** Where settings were found. */
export interface LoadedSettings {
  readonly settings: Settings;
  /** The file that was read, without its folder; undefined when there is none. */
  readonly file: string | undefined;
}

/**
 * Reads the `Values` of local.settings.json, or of local.settings.sample.json when there is none, and adds the variables
 * of `env`, which win, as under `func start`. Throws a StartError when the file is not JSON or a value is not a string.
 */
export function loadSettings(
  appRoot: string,
  env: Readonly<Record<string, string | undefined>>,
): LoadedSettings {
  const file = ['local.settings.json', 'local.settings.sample.json'].find(name =>
    existsSync(join(appRoot, name)),
  );
  const settings = file === undefined ? {} : readValues(join(appRoot, file), file);
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined) settings[name] = value;
  }
  return { settings, file };
}

/**
 * Replaces each `%NAME%` in a text with that setting; undefined when one is not set, for which the real host leaves out
 * the function that uses it.
 */
export function resolveSettingNames(text: string, settings: Settings): string | undefined {
  let complete = true;
  const resolved = text.replace(/%([^%]+)%/g, (_whole, name: string) => {
    const value = readSetting(settings, name);
    if (value === undefined) complete = false;
    return value ?? '';
  });
  return complete ? resolved : undefined;
}

/** Finds a setting whatever the case of its name; '' counts as not set. */
export function readSetting(settings: Settings, name: string): string | undefined {
  const exact = settings[name];
  const value =
    exact ?? Object.entries(settings).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
  return value === '' ? undefined : value;
}

function readValues(path: string, file: string): Record<string, string> {
  const parsed = parseJson(path, file);
  const values: unknown = isRecord(parsed) ? (parsed['Values'] ?? {}) : undefined;
  if (!isRecord(values)) throw new StartError(`${file}: "Values" must be an object.`);
  const settings: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) {
    if (typeof value !== 'string') throw new StartError(`${file}: the value of "${name}" must be a string.`);
    settings[name] = value;
  }
  return settings;
}

function parseJson(path: string, file: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new StartError(`${file} is not valid JSON.`, { cause: error });
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
