import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from './start-error.ts';
import { parseTimeSpanMs } from './time-span.ts';

const OVERRIDE_PREFIX = 'AzureFunctionsJobHost__';
const DEFAULT_FUNCTION_TIMEOUT_MS = 30 * 60_000;

/** How queue listeners work; the names are those of host.json. */
export interface QueueConfig {
  /** Messages taken at once, 1 to 32. */
  readonly batchSize: number;
  /** The next batch is taken when no more than so many messages are being worked on. */
  readonly newBatchThreshold: number;
  /** How long a message that failed stays hidden. */
  readonly visibilityTimeoutMs: number;
  /** A message is moved to the poison queue when so many tries have failed. */
  readonly maxDequeueCount: number;
  readonly maxPollingIntervalMs: number;
  readonly messageEncoding: 'base64' | 'none';
}

/** The part of host.json that the local host heeds. */
export interface HostConfig {
  /** Without slashes at its ends; '' for none. */
  readonly routePrefix: string;
  readonly queues: QueueConfig;
  /** Undefined when there is no limit. */
  readonly functionTimeoutMs: number | undefined;
}

/**
 * Reads host.json with the settings of the form `AzureFunctionsJobHost__extensions__queues__batchSize` laid over it, as
 * the real host does; defaults are those of a development machine. Throws a StartError that names a wrong value.
 */
export function loadHostConfig(appRoot: string, settings: Readonly<Record<string, string>>): HostConfig {
  return parseHostConfig(readHostJson(join(appRoot, 'host.json')), settings);
}

/** As {@link loadHostConfig}, for a host.json that has been read. */
export function parseHostConfig(hostJson: unknown, settings: Readonly<Record<string, string>>): HostConfig {
  const values = flatten(hostJson);
  for (const [name, value] of Object.entries(settings)) {
    if (!name.toLowerCase().startsWith(OVERRIDE_PREFIX.toLowerCase())) continue;
    const path = name.slice(OVERRIDE_PREFIX.length).replaceAll('__', ':').toLowerCase();
    values.set(path, value);
  }
  if (values.get('version') !== '2.0') throw new StartError('host.json: "version" must be "2.0".');
  const routePrefix = values.get('extensions:http:routeprefix') ?? 'api';
  return {
    routePrefix: routePrefix.replace(/^\/+|\/+$/g, ''),
    queues: readQueueConfig(values),
    functionTimeoutMs: readFunctionTimeoutMs(values),
  };
}

function readQueueConfig(values: ReadonlyMap<string, string>): QueueConfig {
  const section = 'extensions:queues';
  const batchSize = readInteger(values, { path: `${section}:batchsize`, fallback: 16, min: 1, max: 32 });
  const newBatchThreshold = readInteger(values, {
    path: `${section}:newbatchthreshold`,
    fallback: Math.floor(batchSize / 2),
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
  });
  const messageEncoding = (values.get(`${section}:messageencoding`) ?? 'base64').toLowerCase();
  if (messageEncoding !== 'base64' && messageEncoding !== 'none') {
    throw new StartError('host.json: "extensions.queues.messageEncoding" must be "base64" or "none".');
  }
  return {
    batchSize,
    newBatchThreshold,
    visibilityTimeoutMs: readTimeSpanMs(values, { path: `${section}:visibilitytimeout`, fallbackMs: 0 }),
    maxDequeueCount: readInteger(values, {
      path: `${section}:maxdequeuecount`,
      fallback: 5,
      min: 1,
      max: Number.MAX_SAFE_INTEGER,
    }),
    // The real host's default is a minute, but two seconds where the environment is Development.
    maxPollingIntervalMs: Math.max(
      100,
      readTimeSpanMs(values, { path: `${section}:maxpollinginterval`, fallbackMs: 2_000 }),
    ),
    messageEncoding,
  };
}

function readFunctionTimeoutMs(values: ReadonlyMap<string, string>): number | undefined {
  if (values.get('functiontimeout') === '-1') return undefined;
  const path = 'functiontimeout';
  return readTimeSpanMs(values, { path, fallbackMs: DEFAULT_FUNCTION_TIMEOUT_MS });
}

interface IntegerOption {
  readonly path: string;
  readonly fallback: number;
  readonly min: number;
  readonly max: number;
}

function readInteger(values: ReadonlyMap<string, string>, option: IntegerOption): number {
  const text = values.get(option.path);
  if (text === undefined) return option.fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < option.min || value > option.max) {
    throw new StartError(`host.json: "${option.path.replaceAll(':', '.')}" cannot be ${text}.`);
  }
  return value;
}

function readTimeSpanMs(
  values: ReadonlyMap<string, string>,
  option: { readonly path: string; readonly fallbackMs: number },
): number {
  const text = values.get(option.path);
  if (text === undefined) return option.fallbackMs;
  const value = parseTimeSpanMs(text);
  if (value === undefined || value < 0) {
    throw new StartError(
      `host.json: "${option.path.replaceAll(':', '.')}" is not a time span like "00:00:30": ${text}`,
    );
  }
  return value;
}

/** Settings paths are case-insensitive on the host: keys are lower-cased, levels joined with ':'. */
function flatten(value: unknown, prefix = '', into = new Map<string, string>()): Map<string, string> {
  if (typeof value === 'object' && value !== null) {
    for (const [key, child] of Object.entries(value)) {
      flatten(child, prefix === '' ? key.toLowerCase() : `${prefix}:${key.toLowerCase()}`, into);
    }
  } else if (value !== undefined && value !== null) {
    into.set(prefix, String(value));
  }
  return into;
}

function readHostJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new StartError(`${path} cannot be read as JSON.`, { cause: error });
  }
}
