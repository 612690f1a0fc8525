import type { ParkedItem } from '../store/parked-store.ts';

/** A parked thing as it is shown to a client. */
export function parkedView({ parkedId, ...parked }: ParkedItem) {
  return { id: parkedId, ...parked };
}
