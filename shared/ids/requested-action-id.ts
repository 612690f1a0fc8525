import { hash22 } from './hash22.ts';

/** The id of the action that begins what has this key: the one that was asked for when the key was made. */
export function requestedActionId(callKey: string): string {
  return hash22(`${callKey}\nrequested`);
}
