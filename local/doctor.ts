import { resolve } from 'node:path';
import { formatCheck } from './checks/check-result.ts';
import { runChecks } from './checks/run-checks.ts';
import { parseStartOptions } from './start/start-options.ts';

// `npm run doctor`: says whether `npm start` would run on this machine, and what to do if not. Starts nothing.

const USAGE = `Usage: npm run doctor [-- --port N --emulator-port N]
  --port N            port that the app will listen on (7071)
  --emulator-port N   port that the emulator of ACS will listen on (7080)`;

const appRoot = resolve(import.meta.dirname, '..');
const parsed = parseStartOptions(process.argv.slice(2), appRoot);
if (parsed.kind === 'help') {
  console.log(USAGE);
} else if (parsed.kind === 'error') {
  console.error(`${parsed.message}\n\n${USAGE}`);
  process.exitCode = 2;
} else {
  const { port, emulatorPort } = parsed.options;
  const results = await runChecks({ appRoot, port, emulatorPort, env: process.env });
  for (const result of results) console.log(formatCheck(result));
  const failed = results.filter(({ level }) => level === 'fail').length;
  console.log(failed === 0 ? '\nReady: npm start' : `\n${failed} of ${results.length} checks failed.`);
  process.exitCode = failed === 0 ? 0 : 1;
}
