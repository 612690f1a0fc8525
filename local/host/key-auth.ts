import type { AuthLevel } from './function-catalog.ts';

/** Keys that requests must carry; without any the local host asks for none, as `func start` does. */
export interface HostKeys {
  /** Passes for every function of level `function`. */
  readonly hostKey?: string | undefined;
  /** Passes for everything, the admin endpoints included. */
  readonly masterKey?: string | undefined;
  /** Passes for one function each. */
  readonly functionKeys?: Readonly<Record<string, string>> | undefined;
}

/** What is asked for: a function, or the admin endpoints. */
export interface KeyedResource {
  readonly authLevel: AuthLevel;
  readonly functionName?: string;
}

/**
 * Finds the key of a request as the real host does: the header `x-functions-key` first, even if it is wrong, else the
 * query parameter `code`, whatever its case.
 */
export function findKey(header: string | undefined, query: URLSearchParams): string | undefined {
  if (header !== undefined) return header;
  for (const [name, value] of query) {
    if (name.toLowerCase() === 'code') return value;
  }
  return undefined;
}

/** Tells whether a key opens a resource; with no keys configured everything is open. */
export function isKeyAccepted(
  keys: HostKeys | undefined,
  resource: KeyedResource,
  key: string | undefined,
): boolean {
  if (keys === undefined || resource.authLevel === 'anonymous') return true;
  if (key === undefined || key === '') return false;
  if (key === keys.masterKey) return true;
  if (resource.authLevel === 'admin') return false;
  const functionKey =
    resource.functionName === undefined ? undefined : keys.functionKeys?.[resource.functionName];
  return key === keys.hostKey || key === functionKey;
}
