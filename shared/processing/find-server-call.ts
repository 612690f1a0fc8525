import { callKeyOf } from '../ids/call-key.ts';
import type { CallIndex } from '../store/call-index.ts';
import type { CallStore } from '../store/call-store.ts';

export interface ServerCallPorts {
  readonly calls: Pick<CallStore, 'load'>;
  readonly index: Pick<CallIndex, 'callKeyOfServerCall'>;
}

/**
 * The key of the call that a server call is known by here: a leg of it that was placed, answered or listened to, or the
 * incoming call itself. Two requests at most; undefined when there is none yet.
 */
export async function findServerCall(
  { calls, index }: ServerCallPorts,
  serverCallId: string,
): Promise<string | undefined> {
  const leg = await index.callKeyOfServerCall(serverCallId);
  if (leg !== undefined) return leg;
  const own = callKeyOf(serverCallId);
  return (await calls.load(own)) === undefined ? undefined : own;
}
