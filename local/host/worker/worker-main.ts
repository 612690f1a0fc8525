import { pathToFileURL } from 'node:url';
import type { HostMessage, WorkerMessage } from '../worker-messages.ts';
import { createCoreApi, createRegistry } from './core-api.ts';
import { findEntryFiles } from './find-entry-files.ts';
import { provideCoreApi } from './provide-core-api.ts';
import { runInvocation } from './run-invocation.ts';

// The worker process: loads the app and runs its functions when the host asks over the IPC channel. It is a process
// of its own so that `process.exit`, an endless loop or a lack of memory in the app end as they do on the real host.

const registry = createRegistry();
const appHookData: Record<string, unknown> = {};

function send(message: WorkerMessage): void {
  // The host is gone, or going: there is nobody to tell.
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}

async function load(appRoot: string): Promise<void> {
  provideCoreApi(
    createCoreApi(registry, (level, _category, message) => send({ type: 'log', level, message })),
  );
  for (const file of findEntryFiles(appRoot)) await import(pathToFileURL(file).href);
  registry.locked = true;
  for (const hook of registry.hooks.appStart) {
    await hook({ hookData: {}, appHookData, functionAppDirectory: appRoot });
  }
  const capabilities = (await registry.model?.getCapabilities({})) ?? {};
  if (capabilities['HttpUri'] !== undefined) {
    throw new Error('The local host does not support enableHttpStream: remove it from app.setup().');
  }
  send({ type: 'loaded', functions: [...registry.functions.values()].map(({ metadata }) => metadata) });
}

async function terminate(): Promise<void> {
  for (const hook of registry.hooks.appTerminate) {
    try {
      await hook({ hookData: {}, appHookData });
    } catch (error) {
      send({ type: 'log', level: 'error', message: `A hook appTerminate failed: ${String(error)}` });
    }
  }
  send({ type: 'terminated' });
}

async function receive(message: HostMessage): Promise<void> {
  switch (message.type) {
    case 'load':
      try {
        await load(message.appRoot);
      } catch (error) {
        send({ type: 'loadFailed', reason: describeLoadError(error) });
      }
      return;
    case 'invoke': {
      const { invocationId, functionName } = message;
      const outcome = await runInvocation(message, {
        registry,
        appHookData,
        log: (level, text) => send({ type: 'log', level, message: text, functionName, invocationId }),
      });
      send({ type: 'result', invocationId, outcome });
      return;
    }
    case 'terminate':
      await terminate();
  }
}

function describeLoadError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.name === 'StartError' ? error.message : (error.stack ?? error.message);
}

process.on('message', (message: HostMessage) => void receive(message));
process.once('disconnect', () => process.exit(0));
// Ctrl-C, and the end of a terminal, reach all of its processes: when to end is the host's decision.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
