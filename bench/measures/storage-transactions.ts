import { onFreshAzurite } from '../azurite-case.ts';
import { runClosedLoop } from '../closed-loop.ts';
import { naivePipeline } from '../naive.ts';
import { ourPipeline } from '../our-pipeline.ts';
import { spreadPosts } from '../posts.ts';
import type { Measure } from '../reading.ts';
import { referenceCalls } from '../reference-call.ts';
import { verifyOurs } from '../verify.ts';

const CALLS = referenceCalls(20);
const EVENTS = CALLS.reduce((sum, call) => sum + call.elements.length, 0);

/** Storage requests, counted where they are sent: what Azure bills, and what bounds the calls a second. */
export const storageTransactions: Measure = {
  name: 'transactions',

  async run({ repeat, progress }) {
    const single: number[] = [];
    const triple: number[] = [];
    const perCall: number[] = [];
    const naive: number[] = [];
    for (let round = 1; round <= repeat; round++) {
      progress(`round ${round} of ${repeat}`);
      const ofOne = await countOurs(1);
      const ofThree = await countOurs(3);
      const ofNaive = await countNaive();
      single.push((ofOne.queue + ofOne.calls) / EVENTS);
      perCall.push((ofOne.queue + ofOne.calls + ofOne.index) / CALLS.length);
      triple.push((ofThree.queue + ofThree.calls) / EVENTS);
      naive.push((ofNaive.queue + ofNaive.tables) / EVENTS);
    }
    return [
      { name: 'transactions per event, one event a post', unit: '', runs: single, bar: { atMost: 3.2 } },
      { name: 'transactions per event, three events a post', unit: '', runs: triple, bar: { atMost: 1.2 } },
      {
        name: 'transactions per call of 9 events, index included',
        unit: '',
        runs: perCall,
        bar: { atMost: 33 },
      },
      { name: 'transactions per event, naive', unit: '', runs: naive },
    ];
  },
};

function countOurs(eventsPerPost: number) {
  return onFreshAzurite(async connectionString => {
    const pipeline = await ourPipeline({ connectionString, name: 'counted', index: 'azure' });
    await runClosedLoop(pipeline, spreadPosts(CALLS, eventsPerPost));
    const requests = pipeline.requests();
    await verifyOurs(pipeline, CALLS);
    return requests;
  });
}

function countNaive() {
  return onFreshAzurite(async connectionString => {
    const pipeline = await naivePipeline(connectionString, 'counted');
    await runClosedLoop(pipeline, spreadPosts(CALLS));
    return pipeline.requests();
  });
}
