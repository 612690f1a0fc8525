import { isWebAddress } from './web-address.ts';

/** What a connection string of Communication Services holds. */
export interface AcsAccess {
  readonly endpoint: string;
  /** In base64. */
  readonly key: string;
}

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * Reads a connection string of Communication Services: `endpoint` and `accesskey` in any order and case. Undefined for
 * one that is none, and for an address without TLS that is not on this machine: only an emulator has such a one.
 */
export function readAcsConnectionString(text: string): AcsAccess | undefined {
  const parts = new Map<string, string>();
  for (const part of text.split(';')) {
    const [, name = '', value = ''] = /^\s*([^=]+)=(.+)$/.exec(part) ?? [];
    parts.set(name.toLowerCase(), value.trim());
  }
  const endpoint = parts.get('endpoint');
  const key = parts.get('accesskey');
  if (endpoint === undefined || !isAcsEndpoint(endpoint)) return undefined;
  if (key === undefined || !/^[A-Za-z0-9+/]+={0,2}$/.test(key)) return undefined;
  return { endpoint, key };
}

/** Whether a text is the address of a Communication Services resource, or of an emulator on this machine. */
export function isAcsEndpoint(text: string): boolean {
  if (!isWebAddress(text)) return false;
  const { protocol, hostname, pathname, search } = new URL(text);
  const isSafe = protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname));
  return isSafe && pathname === '/' && search === '';
}
