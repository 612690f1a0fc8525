import { isPortFree } from '../port.ts';
import { STANDARD_AZURITE_PORTS } from '../start/start-storage.ts';
import type { CheckResult } from './check-result.ts';

/** Checks that the app's port is free, which it must be, and the storage emulator's usual ports, which would be nice. */
export async function checkPorts(appPort: number): Promise<CheckResult[]> {
  const results = [await checkAppPort(appPort)];
  const ports = Object.values(STANDARD_AZURITE_PORTS);
  const free = await Promise.all(ports.map(isPortFree));
  const taken = ports.filter((_port, index) => free[index] === false);
  if (taken.length === 0) {
    results.push({ level: 'ok', message: `The storage ports ${ports.join(', ')} are free.` });
  } else {
    results.push({
      level: 'warn',
      message: `Storage ports are taken: ${taken.join(', ')}.`,
      fix: 'Other ports are used instead; stop the other Azurite if Storage Explorer shall find this one.',
    });
  }
  return results;
}

async function checkAppPort(port: number): Promise<CheckResult> {
  if (await isPortFree(port)) return { level: 'ok', message: `Port ${port} is free for the app.` };
  const fix = `Stop what listens there (an earlier "npm start"?), or choose another: npm start -- --port ${port + 1}`;
  return { level: 'fail', message: `Port ${port} is taken.`, fix };
}
