/** What is expected of a fixture: the day is 18 March 2026, the time and the id stand in the file. */
export interface Golden {
  readonly id: string;
  readonly at: string;
  readonly payload: { readonly type: string; readonly [member: string]: unknown };
}

/** The call that all fixtures belong to, and who is on it. */
export const CONNECTION = '3f0a1b00-679a-48d6-862d-f7613c885858';
export const SERVER_CALL =
  'aHR0cHM6Ly9jb252LWtvY2UtMDIuY29udi5leGFtcGxlLmludmFsaWQvY29udi9KVTBwRE5Wb2N4dzN1a1VRUEJiQ0xRP2k9MTAtNjAtMi0xNCZlPTYzODQxMjM0NTY3ODkwMTIzNA';
export const AGENT = '8:acs:7c1f52d0-5b8e-4f0a-9f5d-2a6e3d9b4c10_0000001c-e543-4559-b6d7-43022a61525b';
export const CALLEE = '4:+14255550142';

/** The result of what went well, and any other. */
export const done = { code: 200, subcode: 0, message: 'The action completed.' };
export const result = (code: number, subcode: number, message: string) => ({ code, subcode, message });
