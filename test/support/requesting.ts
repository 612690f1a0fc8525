import { newCallKey } from '../../shared/ids/call-key.ts';
import type { RequestPorts } from '../../shared/processing/request-call.ts';
import { Idempotency } from '../../shared/store/idempotency.ts';
import { FaultyTable } from './faulty-table.ts';
import type { Instance, MemoryWorld } from './memory-world.ts';
import { testFlow } from './test-flow.ts';

/** Who calls where a request does not say. */
export const CALLER = { from: '8:acs:resource_reminders', callerId: '4:+18335550100' };

/** What asks for calls and actions in a world; keys of calls count up. */
export function requestPortsOf(
  world: MemoryWorld,
  { worker, faults }: Instance,
  callerDefaults: RequestPorts['callerDefaults'] = CALLER,
): RequestPorts {
  let calls = 0;
  return {
    worker,
    idempotency: new Idempotency(new FaultyTable(world.tables.index, { faults, port: 'idempotency' })),
    clock: world.clock,
    callerDefaults,
    dialect: 'preview-2021-04',
    missingSetting: undefined,
    flows: async () => [testFlow],
    newCallKey: () => newCallKey(world.clock.now(), new Uint8Array(16).fill(calls++)),
  };
}
