import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { formatCheck } from './checks/check-result.ts';
import { runChecks } from './checks/run-checks.ts';

// `npm run doctor`: says whether `npm start` would run on this machine, and what to do if not. Starts nothing.

const USAGE = `Usage: npm run doctor [-- --port N]
  --port N   port that the app will listen on (7071)`;

function readOptions(): { port: number; help: boolean } | undefined {
  try {
    const { values } = parseArgs({
      options: { port: { type: 'string', default: '7071' }, help: { type: 'boolean', default: false } },
    });
    const port = Number(values.port);
    return Number.isInteger(port) && port > 0 && port < 65_536 ? { port, help: values.help } : undefined;
  } catch {
    return undefined;
  }
}

const options = readOptions();
if (options === undefined) {
  console.error(USAGE);
  process.exitCode = 2;
} else if (options.help) {
  console.log(USAGE);
} else {
  const appRoot = resolve(import.meta.dirname, '..');
  const results = await runChecks({ appRoot, port: options.port, env: process.env });
  for (const result of results) console.log(formatCheck(result));
  const failed = results.filter(({ level }) => level === 'fail').length;
  console.log(failed === 0 ? '\nReady: npm start' : `\n${failed} of ${results.length} checks failed.`);
  process.exitCode = failed === 0 ? 0 : 1;
}
