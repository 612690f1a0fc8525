import { isAbsolute, relative, resolve } from 'node:path';
import { ACTING_DIALECTS, type ActingDialect } from '../../shared/actions/dialect-support.ts';
import { readArgs } from '../command-line.ts';

/** How `npm start` runs the app. */
export interface StartOptions {
  readonly port: number;
  /** Where the emulator of ACS listens. */
  readonly emulatorPort: number;
  /** Where data is kept; undefined for a temporary folder that is deleted at the end. */
  readonly dataDir: string | undefined;
  /** Which host runs the app; undefined for `func` when it is installed, else the embedded one. */
  readonly host: 'embedded' | 'func' | undefined;
  /** The dialect of the calls that are placed; undefined for what ACS_DIALECT says. */
  readonly dialect: ActingDialect | undefined;
  /** Whether some calls are placed that show what the app does. */
  readonly demo: boolean;
}

/** The options, or that help is wanted, or what is wrong with the command line. */
export type ParsedStart =
  | { readonly kind: 'start'; readonly options: StartOptions }
  | { readonly kind: 'help' }
  | { readonly kind: 'error'; readonly message: string };

/** What `npm start -- --help` prints. */
export const START_USAGE = `Usage: npm start [-- options]
  --port N               port of the app (7071)
  --emulator-port N      port of the emulator of ACS (7080)
  --data DIR             keep the data in this folder, which must not be inside the repository
                         (default: a temporary folder, deleted at the end)
  --host embedded|func   run the app under the embedded host or under Azure Functions Core Tools
                         (default: Core Tools when they are installed)
  --dialect D            place calls in this dialect: ga, or preview-2021-04 (default: what ACS_DIALECT says)
  --no-demo              place no calls that show what the app does
  --help                 show this text`;

/** Reads the command line of `npm start`. Never throws. */
export function parseStartOptions(args: readonly string[], appRoot: string): ParsedStart {
  let values: ReturnType<typeof readValues>;
  try {
    values = readValues(args);
  } catch (error) {
    return { kind: 'error', message: error instanceof Error ? error.message : String(error) };
  }
  if (values.help === true) return { kind: 'help' };

  const port = portOf(values.port, 7071);
  if (port === undefined) return wrongPort('--port', values.port);
  const emulatorPort = portOf(values['emulator-port'], 7080);
  if (emulatorPort === undefined) return wrongPort('--emulator-port', values['emulator-port']);
  if (emulatorPort === port) {
    return { kind: 'error', message: `--port and --emulator-port must differ: both are ${port}.` };
  }
  const { host } = values;
  if (host !== undefined && host !== 'embedded' && host !== 'func') {
    return { kind: 'error', message: `--host must be embedded or func, not "${host}".` };
  }
  const dialect = ACTING_DIALECTS.find(known => known === values.dialect);
  if (dialect !== values.dialect) {
    const message = `--dialect must be ${ACTING_DIALECTS.join(' or ')}, not "${values.dialect}".`;
    return { kind: 'error', message };
  }
  const dataDir = values.data === undefined ? undefined : resolve(values.data);
  if (dataDir !== undefined && isInside(dataDir, appRoot)) {
    const message =
      '--data must be a folder outside of the repository: the Functions host restarts when files change there.';
    return { kind: 'error', message };
  }
  const demo = values['no-demo'] !== true;
  return { kind: 'start', options: { port, emulatorPort, dataDir, host, dialect, demo } };
}

function portOf(text: string | undefined, otherwise: number): number | undefined {
  const port = text === undefined ? otherwise : Number(text);
  return Number.isInteger(port) && port >= 1 && port <= 65_535 ? port : undefined;
}

function wrongPort(name: string, text = ''): ParsedStart {
  return { kind: 'error', message: `${name} must be a number from 1 to 65535, not "${text}".` };
}

function readValues(args: readonly string[]) {
  return readArgs({
    args: [...args],
    options: {
      port: { type: 'string' },
      'emulator-port': { type: 'string' },
      data: { type: 'string' },
      host: { type: 'string' },
      dialect: { type: 'string' },
      'no-demo': { type: 'boolean' },
      help: { type: 'boolean' },
    },
  }).values;
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return !way.startsWith('..') && !isAbsolute(way);
}
