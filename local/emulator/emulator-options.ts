import { readFileSync } from 'node:fs';
import type * as z from 'zod';
import { choiceIn, integerIn, numberIn, readArgs } from '../command-line.ts';
import { calleeBookSchema } from './core/callee-book.ts';
import { faultSettingsSchema } from './faults/fault-settings.ts';
import { issuesOf } from './http/control-route.ts';
import type { EmulatorOptions } from './start-emulator.ts';

/** The options, or that help is wanted, or what is wrong with the command line. */
export type ParsedEmulator =
  | { readonly kind: 'start'; readonly options: EmulatorOptions & { readonly port: number } }
  | { readonly kind: 'help' }
  | { readonly kind: 'error'; readonly message: string };

/** What `npm run emulator -- --help` prints. */
export const EMULATOR_USAGE = `Usage: npm run emulator [-- options]
  --port N               port to listen on at 127.0.0.1; 0 for any free one (7080)
  --speed N              how many times faster than in life things happen on calls (1)
  --seed N               of all chance; the same seed gives the same calls (another one each time)
  --callees FILE         JSON with who answers how, instead of the built-in callees
  --faults FILE          JSON with what goes wrong how often (nothing)
  --access-key BASE64    the key that requests are signed with (one for local use only)
  --no-auth              take unsigned requests
  --statuses S           answer success as the specification or the overview of ACS has it (specification)
  --envelope E           callbacks as an array or a single object (array)
  --callback-attempts N  how often a callback is tried (4)
  --ring-seconds N       how long a telephone rings before the network gives up (60)
  --repeatability-seconds N  how long a request of GA may be repeated; 0 knows no repetition (300)
  --token-audience TEXT  for whom the tokens of GA's callbacks are
  --token-issuer TEXT    of whom they say that they are (the issuer of ACS)
  --event-grid-url URL   the app's route for Event Grid, with its key: incoming calls and recordings are told there
  --event-grid-schema S  eventGrid or cloudEvents (eventGrid)
  --event-grid-reports   report calls with users of the resource as well
  --help                 show this text`;

/** Reads the command line of `npm run emulator`, and the files that it names. Never throws. */
export function parseEmulatorOptions(args: readonly string[]): ParsedEmulator {
  try {
    const values = readValues(args);
    if (values.help === true) return { kind: 'help' };
    return { kind: 'start', options: toOptions(values) };
  } catch (error) {
    return { kind: 'error', message: error instanceof Error ? error.message : String(error) };
  }
}

type Values = ReturnType<typeof readValues>;

type NumberOption =
  | 'port'
  | 'speed'
  | 'seed'
  | 'callback-attempts'
  | 'ring-seconds'
  | 'repeatability-seconds';

function readValues(args: readonly string[]) {
  return readArgs({
    args: [...args],
    options: {
      port: { type: 'string' },
      speed: { type: 'string' },
      seed: { type: 'string' },
      callees: { type: 'string' },
      faults: { type: 'string' },
      'access-key': { type: 'string' },
      'no-auth': { type: 'boolean' },
      statuses: { type: 'string' },
      envelope: { type: 'string' },
      'callback-attempts': { type: 'string' },
      'ring-seconds': { type: 'string' },
      'repeatability-seconds': { type: 'string' },
      'token-audience': { type: 'string' },
      'token-issuer': { type: 'string' },
      'event-grid-url': { type: 'string' },
      'event-grid-schema': { type: 'string' },
      'event-grid-reports': { type: 'boolean' },
      help: { type: 'boolean' },
    },
  }).values;
}

function toOptions(values: Values): EmulatorOptions & { readonly port: number } {
  const integer = (name: NumberOption, [least, most]: readonly [number, number]) =>
    given(values[name], text => integerIn(text, { name: `--${name}`, least, most }));
  const number = (name: NumberOption, [least, most]: readonly [number, number]) =>
    given(values[name], text => numberIn(text, { name: `--${name}`, least, most }));
  const seed = integer('seed', [0, Number.MAX_SAFE_INTEGER]);
  const envelope = given(values.envelope, text => choiceIn(text, '--envelope', ['array', 'single']));
  const attempts = integer('callback-attempts', [1, 100]);
  const statuses = given(values.statuses, text =>
    choiceIn(text, '--statuses', ['specification', 'overview']),
  );
  const speed = number('speed', [0.01, 1000]);
  const ringSeconds = number('ring-seconds', [1, 3600]);
  const repeatabilitySeconds = number('repeatability-seconds', [0, 86_400]);
  const accessKey = accessKeyIn(values['access-key']);
  return {
    port: integer('port', [0, 65_535]) ?? 7080,
    auth: values['no-auth'] !== true,
    callbacks: { ...(envelope && { envelope }), ...(attempts && { attempts }) },
    ...(speed !== undefined && { speed }),
    ...(seed !== undefined && { seed }),
    ...(ringSeconds !== undefined && { ringSeconds }),
    ...(repeatabilitySeconds !== undefined && { repeatabilitySeconds }),
    ...tokensIn(values),
    ...eventGridIn(values),
    ...(statuses && { statuses }),
    ...(accessKey !== undefined && { accessKey }),
    ...(values.callees !== undefined && { callees: fileIn(values.callees, '--callees', calleeBookSchema) }),
    ...(values.faults !== undefined && { faults: fileIn(values.faults, '--faults', faultSettingsSchema) }),
  };
}

function tokensIn(values: Values): Pick<EmulatorOptions, 'tokens'> {
  const { 'token-audience': audience, 'token-issuer': issuer } = values;
  if (audience === undefined && issuer === undefined) return {};
  return { tokens: { ...(audience && { audience }), ...(issuer && { issuer }) } };
}

function eventGridIn(values: Values): Pick<EmulatorOptions, 'eventGrid'> {
  const url = values['event-grid-url'];
  const schema = given(values['event-grid-schema'], text =>
    choiceIn(text, '--event-grid-schema', ['eventGrid', 'cloudEvents']),
  );
  const reports = values['event-grid-reports'];
  if (url !== undefined && !/^https?:$/.test(URL.parse(url)?.protocol ?? '')) {
    throw new Error(`--event-grid-url must be an http(s) URL, such as http://127.0.0.1:7071/api/event-grid.`);
  }
  if (url === undefined && schema === undefined && reports === undefined) return {};
  return { eventGrid: { ...(url && { url }), ...(schema && { schema }), ...(reports && { reports }) } };
}

/** Undefined for an option that is not given. */
function given<Value>(text: string | undefined, read: (text: string) => Value): Value | undefined {
  return text === undefined ? undefined : read(text);
}

function accessKeyIn(text: string | undefined): string | undefined {
  if (text === undefined || /^[A-Za-z0-9+/]+={0,2}$/.test(text)) return text;
  throw new Error('--access-key must be base64, as in a connection string of ACS.');
}

function fileIn<Value>(path: string, name: string, schema: z.ZodType<Value>): Value {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const why = error instanceof SyntaxError ? 'is not JSON' : 'cannot be read';
    throw new Error(`${name}: ${path} ${why}.`, { cause: error });
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issues = issuesOf(parsed.error).map(({ pointer, message }) => `\n  ${pointer || '/'}: ${message}`);
  throw new Error(`${name}: ${path} is not valid:${issues.join('')}`);
}
