import { resolve } from 'node:path';
import { formatCheck } from './checks/check-result.ts';
import { runChecks } from './checks/run-checks.ts';
import { parseStartOptions, START_USAGE, type StartOptions } from './start/start-options.ts';

// `npm start`: everything on this machine, with nothing but npm. What needs packages is imported only after the checks,
// so that a missing `npm ci` is told in words.

const APP_ROOT = resolve(import.meta.dirname, '..');

async function start(options: StartOptions): Promise<number> {
  const { port, emulatorPort } = options;
  const results = await runChecks({ appRoot: APP_ROOT, port, emulatorPort, env: process.env });
  for (const result of results) {
    if (result.level !== 'ok') console.error(formatCheck(result));
  }
  if (results.some(({ level }) => level === 'fail')) return 1;

  const stop = new AbortController();
  // SIGHUP: the terminal was closed.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      // The second time somebody is in a hurry: the children notice that this process is gone,
      // and storage writes its data before it goes, too.
      if (stop.signal.aborted) process.exit(130);
      // The terminal, or what this is piped to, may be gone already: that must not cut the stop short.
      for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
      stop.abort();
    });
  }
  const { runLocal } = await import('./start/run-local.ts');
  const { screenOn } = await import('./start/screen.ts');
  const problem = await runLocal(options, {
    appRoot: APP_ROOT,
    env: process.env,
    build,
    screen: screenOn(process.stdout),
    stop: stop.signal,
  });
  if (problem === undefined) return 0;
  console.error(problem);
  return 1;
}

async function build(): Promise<void> {
  const { build: run } = await import('../scripts/build.ts');
  await run();
}

const parsed = parseStartOptions(process.argv.slice(2), APP_ROOT);
if (parsed.kind === 'help') {
  console.log(START_USAGE);
} else if (parsed.kind === 'error') {
  console.error(`${parsed.message}\n\n${START_USAGE}`);
  process.exitCode = 2;
} else {
  try {
    process.exit(await start(parsed.options));
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
}
