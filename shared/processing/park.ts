import type { Parked, ParkedStore } from '../store/parked-store.ts';
import type { Log } from '../telemetry/log-event.ts';
import { thingParked } from '../telemetry/log-events.ts';
import { inBatches } from './in-batches.ts';

/** What is needed to park something. */
export interface ParkingPorts {
  readonly parked: ParkedStore;
  readonly log: Log;
}

/**
 * Parks things, each in a row of its own, and says so in the log.
 *
 * @throws StorageError when one of the rows could not be written; parking all of them again is safe.
 */
export async function park({ parked, log }: ParkingPorts, things: readonly Parked[]): Promise<void> {
  await inBatches(things, async thing => {
    const parkedId = await parked.park(thing);
    log(thingParked({ parkedId, reason: thing.reason, callKey: thing.callKey }));
  });
}
