// Loads the bundle as the Functions worker does and says whether every function of functions/ registers itself. Plain
// JavaScript, so that any Node can run it: node scripts/check-bundle.mjs [bundle]
import { readdirSync } from 'node:fs';
import Module from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const bundle = process.argv[2] ?? 'dist/index.mjs';
const registered = [];
const core = {
  version: '1.0.0',
  hostVersion: '4.0.0',
  registerHook: () => ({ dispose() {} }),
  setProgrammingModel() {},
  registerFunction(metadata) {
    registered.push(metadata.name);
    return { dispose() {} };
  },
  log() {},
};
const originalRequire = Module.prototype.require;
Module.prototype.require = function patchedRequire(id) {
  return id === '@azure/functions-core' ? core : Reflect.apply(originalRequire, this, [id]);
};

await import(pathToFileURL(resolve(bundle)).href);

const notFunctions = new Set(['main', 'prepare-storage']);
const expected = readdirSync('functions', { withFileTypes: true })
  .filter(entry => entry.isFile() && entry.name.endsWith('.ts'))
  .map(entry => entry.name.slice(0, -'.ts'.length))
  .filter(name => !notFunctions.has(name))
  .map(name => name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase()));
const missing = expected.filter(name => !registered.includes(name));
const surplus = registered.filter(name => !expected.includes(name));
const wrong = [
  ...missing.map(name => `${name} is missing`),
  ...surplus.map(name => `${name} is not expected`),
];
console.log(`${bundle} on Node ${process.versions.node}: ${registered.length} functions registered.`);
for (const line of wrong) console.error(line);
process.exitCode = wrong.length === 0 ? 0 : 1;
