import { isPortFree } from '../port.ts';
import { STANDARD_AZURITE_PORTS } from '../start/start-storage.ts';
import type { CheckResult } from './check-result.ts';

/**
 * Checks that the ports of the app and of the emulator of ACS are free, which they must be, and the storage emulator's
 * usual ones, which would be nice.
 */
export async function checkPorts(ports: {
  readonly port: number;
  readonly emulatorPort: number;
}): Promise<CheckResult[]> {
  const results = [
    await checkPort(ports.port, { owner: 'the app', option: '--port' }),
    await checkPort(ports.emulatorPort, { owner: 'the emulator of ACS', option: '--emulator-port' }),
  ];
  const standard = Object.values(STANDARD_AZURITE_PORTS);
  const free = await Promise.all(standard.map(isPortFree));
  const taken = standard.filter((_port, index) => free[index] === false);
  if (taken.length === 0) {
    results.push({ level: 'ok', message: `The storage ports ${standard.join(', ')} are free.` });
  } else {
    results.push({
      level: 'warn',
      message: `Storage ports are taken: ${taken.join(', ')}.`,
      fix: 'Other ports are used instead; stop the other Azurite if Storage Explorer shall find this one.',
    });
  }
  return results;
}

async function checkPort(
  port: number,
  { owner, option }: { readonly owner: string; readonly option: string },
): Promise<CheckResult> {
  if (await isPortFree(port)) return { level: 'ok', message: `Port ${port} is free for ${owner}.` };
  const fix = `Stop what listens there (an earlier "npm start"?), or choose another: npm start -- ${option} ${port + 1}`;
  return { level: 'fail', message: `Port ${port} is taken.`, fix };
}
