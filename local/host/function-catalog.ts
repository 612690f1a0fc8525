import type { HostConfig } from './host-config.ts';
import type { HostLog } from './host-log.ts';
import { createNcrontab, type Ncrontab } from './ncrontab.ts';
import { compareRoutes, parseRouteTemplate, type RouteSegment } from './route-template.ts';
import { readSetting, resolveSettingNames, type Settings } from './settings.ts';
import { StartError } from './start-error.ts';
import type { BindingInfo, FunctionMetadata } from './typed-data.ts';

/** Who may call an HTTP function: anybody, who has a key, or who has the master key. */
export type AuthLevel = 'anonymous' | 'function' | 'admin';

/** A function that HTTP requests run. */
export interface HttpFunction {
  readonly kind: 'http';
  readonly name: string;
  readonly methods: readonly string[];
  /** Route with the prefix, without a leading slash, as it was written. */
  readonly route: string;
  readonly segments: readonly RouteSegment[];
  readonly authLevel: AuthLevel;
}

/** A function that queue messages run. */
export interface QueueFunction {
  readonly kind: 'queue';
  readonly name: string;
  readonly queueName: string;
  readonly connectionString: string;
  /** Whether the handler gets the bytes as they are instead of parsed text. */
  readonly binary: boolean;
}

/** A function that a schedule runs. */
export interface TimerFunction {
  readonly kind: 'timer';
  readonly name: string;
  readonly schedule: Ncrontab;
  readonly runOnStartup: boolean;
  readonly useMonitor: boolean;
}

/** A function of the app, checked and with its settings filled in. */
export type HostFunction = HttpFunction | QueueFunction | TimerFunction;

/** What the functions are read with. */
export interface CatalogContext {
  readonly config: HostConfig;
  readonly settings: Settings;
  readonly log: HostLog;
}

const RESERVED_PREFIXES = ['admin', 'runtime'];
const AUTH_LEVELS: readonly string[] = ['anonymous', 'function', 'admin'];

/**
 * Turns what the app registered into functions that the local host can run. Throws a StartError that names the function
 * for whatever the real host refuses or the local one does not support. Functions that are disabled, or whose trigger
 * names a setting that is missing, are left out with a log line, as on the real host.
 */
export function catalogFunctions(all: readonly FunctionMetadata[], context: CatalogContext): HostFunction[] {
  const functions = all.flatMap(metadata => {
    if (isDisabled(metadata.name, context.settings)) {
      context.log({ level: 'warning', message: `Function "${metadata.name}" is disabled.` });
      return [];
    }
    try {
      const readable = readFunction(metadata, context);
      return readable === undefined ? [] : [readable];
    } catch (error) {
      if (!(error instanceof StartError)) throw error;
      throw new StartError(`Function "${metadata.name}": ${error.message}`, { cause: error });
    }
  });
  assertDistinctRoutes(functions);
  return functions;
}

function isDisabled(name: string, settings: Settings): boolean {
  const value =
    readSetting(settings, `AzureWebJobs.${name}.Disabled`) ??
    readSetting(settings, `AzureWebJobs_${name}_Disabled`);
  return value !== undefined && /^(true|1)$/i.test(value);
}

function readFunction(metadata: FunctionMetadata, context: CatalogContext): HostFunction | undefined {
  const { name } = metadata;
  if (!/^[a-z][\w-]{0,127}$/i.test(name))
    throw new StartError('the name must be letters, digits, "-" and "_".');
  if (metadata.retryOptions !== undefined && metadata.retryOptions !== null) {
    throw new StartError('a retry policy is not supported by the local host.');
  }
  const trigger = onlyTrigger(metadata);
  switch (trigger.type.toLowerCase()) {
    case 'httptrigger':
      return readHttp(name, trigger, context);
    case 'queuetrigger':
      return readQueue(name, trigger, context);
    case 'timertrigger':
      return readTimer(name, trigger, context);
    default:
      throw new StartError(`the trigger type "${trigger.type}" is not supported by the local host.`);
  }
}

function onlyTrigger(metadata: FunctionMetadata): BindingInfo {
  const entries = Object.entries(metadata.bindings);
  const [trigger, another] = entries.filter(([, binding]) => /trigger$/i.test(binding.type));
  if (trigger === undefined || another !== undefined)
    throw new StartError('it must have exactly one trigger.');
  const isHttp = trigger[1].type.toLowerCase() === 'httptrigger';
  for (const [name, binding] of entries) {
    const isHttpResult = isHttp && name === '$return' && binding.type.toLowerCase() === 'http';
    if (name !== trigger[0] && !isHttpResult) {
      throw new StartError(
        `the ${binding.direction === 'in' ? 'input' : 'output'} binding "${binding.type}" is not supported by the local host.`,
      );
    }
  }
  return trigger[1];
}

function readHttp(name: string, trigger: BindingInfo, { config }: CatalogContext): HttpFunction {
  const own = readText(trigger, 'route') ?? name;
  if (own.startsWith('/')) throw new StartError(`the route "${own}" must not start with a slash.`);
  const route = config.routePrefix === '' ? own : `${config.routePrefix}/${own}`;
  const segments = parseRouteTemplate(route);
  const [first] = segments;
  if (first?.kind === 'literal' && RESERVED_PREFIXES.includes(first.text.toLowerCase())) {
    throw new StartError(
      `the route "${route}" starts with "${first.text}", which the host keeps for itself.`,
    );
  }
  const methods = trigger['methods'];
  return {
    kind: 'http',
    name,
    methods: Array.isArray(methods) ? methods.map(method => String(method).toUpperCase()) : ['GET', 'POST'],
    route,
    segments,
    authLevel: readAuthLevel(trigger),
  };
}

function readAuthLevel(trigger: BindingInfo): AuthLevel {
  const level = (readText(trigger, 'authLevel') ?? 'function').toLowerCase();
  if (!isAuthLevel(level)) throw new StartError(`the authLevel "${level}" is not known.`);
  return level;
}

function isAuthLevel(level: string): level is AuthLevel {
  return AUTH_LEVELS.includes(level);
}

function readQueue(name: string, trigger: BindingInfo, context: CatalogContext): QueueFunction | undefined {
  const queueName = resolveOption(name, { trigger, option: 'queueName' }, context)?.toLowerCase();
  if (queueName === undefined) return undefined;
  const connection = readText(trigger, 'connection') ?? 'AzureWebJobsStorage';
  const { settings } = context;
  const connectionString =
    readSetting(settings, `AzureWebJobs${connection}`) ?? readSetting(settings, connection);
  if (connectionString === undefined) {
    throw new StartError(
      `the setting "${connection}" must hold a storage connection string (the local host knows no other way to connect).`,
    );
  }
  const binary = readText(trigger, 'dataType')?.toLowerCase() === 'binary';
  return { kind: 'queue', name, queueName, connectionString, binary };
}

function readTimer(name: string, trigger: BindingInfo, context: CatalogContext): TimerFunction | undefined {
  const expression = resolveOption(name, { trigger, option: 'schedule' }, context);
  if (expression === undefined) return undefined;
  return {
    kind: 'timer',
    name,
    schedule: createNcrontab(expression),
    runOnStartup: trigger['runOnStartup'] === true,
    useMonitor: trigger['useMonitor'] !== false,
  };
}

interface TriggerOption {
  readonly trigger: BindingInfo;
  readonly option: string;
}

function resolveOption(
  name: string,
  { trigger, option }: TriggerOption,
  { settings, log }: CatalogContext,
): string | undefined {
  const text = readText(trigger, option);
  if (text === undefined) throw new StartError(`its trigger has no "${option}".`);
  const resolved = resolveSettingNames(text, settings);
  if (resolved === undefined) {
    log({
      level: 'error',
      message: `Function "${name}" is left out: a setting in ${option} "${text}" is missing.`,
    });
  }
  return resolved;
}

function readText(binding: BindingInfo, option: string): string | undefined {
  const value = binding[option];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Two functions that differ in nothing that a request shows would hide each other. */
function assertDistinctRoutes(functions: readonly HostFunction[]): void {
  const owners = new Map<string, string>();
  for (const candidate of functions) {
    if (candidate.kind !== 'http') continue;
    for (const method of candidate.methods) {
      const key = `${method} ${candidate.route.toLowerCase().replace(/\/$/, '')}`;
      const owner = owners.get(key);
      if (owner !== undefined) {
        throw new StartError(
          `Functions "${owner}" and "${candidate.name}" share ${method} /${candidate.route}.`,
        );
      }
      owners.set(key, candidate.name);
    }
  }
}

/** Puts HTTP functions in the order in which their routes are tried. */
export function orderByRoute(functions: readonly HostFunction[]): HttpFunction[] {
  return functions
    .filter(candidate => candidate.kind === 'http')
    .sort((a, b) => compareRoutes(a.segments, b.segments));
}
