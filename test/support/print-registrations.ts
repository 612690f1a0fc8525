import { pathToFileURL } from 'node:url';
import { createCoreApi, createRegistry } from '../../local/host/worker/core-api.ts';
import { provideCoreApi } from '../../local/host/worker/provide-core-api.ts';

// Loads the entry file that is given, as a Functions worker does, and prints as JSON what it registers.

const registry = createRegistry();
provideCoreApi(createCoreApi(registry, () => undefined));
await import(pathToFileURL(process.argv[2] ?? '').href);
console.log(JSON.stringify([...registry.functions.values()].map(({ metadata }) => metadata)));
