import { Module } from 'node:module';
import type { CoreApi } from './core-types.ts';

type Require = (this: unknown, id: string) => unknown;

/**
 * Makes `require('@azure/functions-core')` give this module, in every copy of the library and in bundles, by replacing
 * `Module.prototype.require` as the real worker does; an ESM import of it fails here as it does there. Lasts for the
 * life of the process.
 */
export function provideCoreApi(coreApi: CoreApi): void {
  const prototype = Module.prototype as unknown as { require: Require };
  const original = prototype.require;
  prototype.require = function require(id) {
    return id === '@azure/functions-core' ? coreApi : original.call(this, id);
  };
}
