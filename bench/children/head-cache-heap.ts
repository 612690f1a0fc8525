import { HeadCache } from '../../shared/store/head-cache.ts';
import { planListening } from '../plan-listening.ts';
import { eventsOf, referenceCalls } from '../reference-call.ts';

// Prints how many bytes of heap 10,000 live calls take in the cache. Needs --expose-gc.

const CALLS = 10_000;

function fill(cache: HeadCache): void {
  for (const call of referenceCalls(CALLS)) {
    // As they come: from the text of each event, with its end still to come.
    const read = { ...call, elements: JSON.parse(JSON.stringify(call.elements.slice(0, -1))) as object[] };
    for (const event of eventsOf(read)) {
      const { head } = planListening(call.callKey, cache.get(call.callKey), [event]);
      cache.set(call.callKey, { etag: `W/"datetime'${call.callKey}'"`, head, index: { isComplete: true } });
    }
  }
}

function heapUsed(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

fill(new HeadCache(1));
const cache = new HeadCache(CALLS);
const before = heapUsed();
fill(cache);
const bytes = heapUsed() - before;
// Read after the measurement, so that the cache is alive until then.
if (cache.get(referenceCalls(1)[0]?.callKey ?? '') === undefined) throw new Error('The cache lost a call.');
console.log(bytes);
