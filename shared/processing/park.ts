import type { Parked, ParkedStore } from '../store/parked-store.ts';
import type { Log } from '../telemetry/log-event.ts';
import { thingParked } from '../telemetry/log-events.ts';

/** What is needed to park something. */
export interface ParkingPorts {
  readonly parked: ParkedStore;
  readonly log: Log;
}

/** How many rows are written at once. */
const AT_ONCE = 16;

/**
 * Parks things, each in a row of its own, and says so in the log.
 *
 * @throws StorageError when one of the rows could not be written; parking all of them again is safe.
 */
export async function park({ parked, log }: ParkingPorts, things: readonly Parked[]): Promise<void> {
  for (let from = 0; from < things.length; from += AT_ONCE) {
    await Promise.all(
      things.slice(from, from + AT_ONCE).map(async thing => {
        const parkedId = await parked.park(thing);
        log(thingParked({ parkedId, reason: thing.reason, callKey: thing.callKey }));
      }),
    );
  }
}
