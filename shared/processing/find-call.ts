import { callKeyOf, isCallKey } from '../ids/call-key.ts';
import type { CallHead } from '../store/call-head.ts';
import type { ListPorts } from './list-calls.ts';

/**
 * Finds a call by its key, or by the id that ACS gave it. Three requests at most; undefined when there is none.
 */
export async function findCall(ports: ListPorts, id: string): Promise<CallHead | undefined> {
  const byKey = isCallKey(id) ? await ports.calls.load(id) : undefined;
  if (byKey !== undefined) return byKey;
  const alias = await ports.index.callKeyFor(id);
  return ports.calls.load(alias ?? callKeyOf(id));
}
