import { type ChildProcess, fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { claimFile, waitUntilUnclaimed } from './folder-claim.ts';
import { findFreePorts } from './port.ts';

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 5_000;
const START_ATTEMPTS = 3;
const READY_TEXT = 'Table service is successfully listening';
const ACCOUNT_NAME = 'devstoreaccount1';
/** The storage emulator's key: public, the same on every machine. */
const ACCOUNT_KEY =
  'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

/** Ports of the three storage services on 127.0.0.1. */
export interface AzuritePorts {
  readonly blob: number;
  readonly queue: number;
  readonly table: number;
}

/** Where Azurite keeps its data and listens; free ports are found when none are given. */
export interface AzuriteOptions {
  readonly location: string;
  readonly ports?: AzuritePorts;
  /** More of Azurite's own arguments, such as `--oauth basic`. */
  readonly args?: readonly string[];
}

/** A running Azurite. */
export interface Azurite {
  readonly connectionString: string;
  readonly ports: AzuritePorts;
  /** Resolves when the process has ended, for whatever reason, with a sentence that says how. */
  readonly exited: Promise<string>;
  /** Ends the process cleanly, so that its data is on disk; kills it after 5 s. May be called again. */
  stop(): Promise<void>;
}

/**
 * Starts Azurite's blob, queue and table services as a child process that keeps its data in a folder, and resolves when
 * all three listen. The child ends with this process, even if this process is killed, and writes its data first; who
 * starts on the same folder meanwhile waits for that. Rejects with Azurite's own output if it cannot start, or when
 * another Azurite keeps the folder; a port lost to another process is tried again with other ports, unless the ports
 * were given.
 */
export async function startAzurite(options: AzuriteOptions): Promise<Azurite> {
  await waitUntilUnclaimed(options.location);
  for (let attempt = 1; ; attempt++) {
    const ports = options.ports ?? (await choosePorts());
    try {
      return await launch(options, ports);
    } catch (error) {
      if (options.ports !== undefined || attempt === START_ATTEMPTS) throw error;
    }
  }
}

/** Writes the connection string of an Azurite that listens on these ports of 127.0.0.1. */
export function azuriteConnectionString(ports: AzuritePorts): string {
  return [
    'DefaultEndpointsProtocol=http',
    `AccountName=${ACCOUNT_NAME}`,
    `AccountKey=${ACCOUNT_KEY}`,
    `BlobEndpoint=http://127.0.0.1:${ports.blob}/${ACCOUNT_NAME}`,
    `QueueEndpoint=http://127.0.0.1:${ports.queue}/${ACCOUNT_NAME}`,
    `TableEndpoint=http://127.0.0.1:${ports.table}/${ACCOUNT_NAME}`,
  ].join(';');
}

async function choosePorts(): Promise<AzuritePorts> {
  const [blob = 0, queue = 0, table = 0] = await findFreePorts(3);
  return { blob, queue, table };
}

async function launch(options: AzuriteOptions, ports: AzuritePorts): Promise<Azurite> {
  const child = forkAzurite(options, ports);
  const output = collectOutput(child);
  const exited = new Promise<string>(resolve => {
    child.once('exit', (code, signal) => resolve(describeExit({ code, signal, output: output.text() })));
    child.once('error', error => resolve(`Azurite could not be run: ${error.message}`));
  });
  const stop = () => stopChild(child, exited);
  try {
    await waitUntilReady(output, exited);
  } catch (error) {
    await stop();
    throw error;
  }
  return { connectionString: azuriteConnectionString(ports), ports, exited, stop };
}

function forkAzurite({ location, args: more = [] }: AzuriteOptions, ports: AzuritePorts): ChildProcess {
  const entry = createRequire(import.meta.url).resolve('azurite/dist/src/azurite.js');
  const args = ['--silent', '--skipApiVersionCheck', '--disableTelemetry', '--location', location, ...more];
  for (const [service, port] of Object.entries(ports)) args.push(`--${service}Port`, String(port));
  return fork(entry, args, {
    execArgv: [
      '--require',
      join(import.meta.dirname, 'exit-with-parent.cjs'),
      '--import',
      pathToFileURL(join(import.meta.dirname, 'claim-folder.ts')).href,
    ],
    env: { ...process.env, AZURITE_CLAIM_FILE: claimFile(location) },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // Ctrl-C in a terminal reaches every process of the group: storage must outlive the app that drains into it.
    detached: process.platform !== 'win32',
  });
}

interface Output {
  text(): string;
  onText(listener: () => void): void;
}

function collectOutput(child: ChildProcess): Output {
  let collected = '';
  let notify: () => void = () => undefined;
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      collected = (collected + text).slice(-4_000);
      notify();
    });
  }
  return {
    text: () => collected,
    onText(listener) {
      notify = listener;
    },
  };
}

async function waitUntilReady(output: Output, exited: Promise<string>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const ready = new Promise<string | undefined>(resolve => {
    const check = () => output.text().includes(READY_TEXT) && resolve(undefined);
    output.onText(check);
    timer = setTimeout(
      () => resolve(`Azurite did not start within ${START_TIMEOUT_MS / 1000} s.`),
      START_TIMEOUT_MS,
    );
  });
  const problem = await Promise.race([ready, exited]);
  clearTimeout(timer);
  if (problem !== undefined) throw new Error(problem);
}

function describeExit(exit: { code: number | null; signal: string | null; output: string }): string {
  const how = exit.signal === null ? `with code ${exit.code}` : `by ${exit.signal}`;
  const said = exit.output.split('\n').filter(isWorthTelling).slice(-5).join('\n');
  return `Azurite ended ${how}.${said === '' ? '' : ` Its last output:\n${said}`}`;
}

function isWorthTelling(line: string): boolean {
  return line.trim() !== '' && !/^Azurite \w+ service is (starting|successfully listening) at/.test(line);
}

async function stopChild(child: ChildProcess, exited: Promise<string>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  // Azurite's own message: a signal would end it without a shutdown on Windows.
  if (child.connected) child.send('shutdown');
  else child.kill();
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await exited;
  clearTimeout(timer);
}
