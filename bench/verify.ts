import { isDeepStrictEqual } from 'node:util';
import type { NaivePipeline } from './naive.ts';
import type { OurPipeline } from './our-pipeline.ts';
import { foldOf, type ReferenceCall } from './reference-call.ts';

/** What went wrong with calls, where it may. */
export interface Losses {
  readonly wrongCalls: number;
  readonly lostUpdates: number;
}

/**
 * Compares what was stored of each call with its events, folded one after the other.
 *
 * @throws Error when a state is wrong, or a journal does not hold each event once.
 */
export async function verifyOurs(
  pipeline: Pick<OurPipeline, 'store'>,
  calls: readonly ReferenceCall[],
): Promise<void> {
  for (const call of calls) {
    const { callKey, elements } = call;
    const head = await pipeline.store.load(callKey);
    if (!isDeepStrictEqual(head?.call, foldOf(call))) {
      throw new Error(`The state of call ${callKey} is wrong: ${JSON.stringify(head?.call)}`);
    }
    const journal = await pipeline.store.journal(callKey);
    const numbers = journal.map(({ number }) => number).join();
    const fingerprints = new Set(journal.map(({ event }) => event.fingerprint));
    if (numbers !== elements.map((_, index) => index + 1).join() || fingerprints.size !== elements.length) {
      throw new Error(`The journal of call ${callKey} does not hold each event once: ${numbers}`);
    }
  }
}

/** How much the naive pipeline lost. */
export async function countNaiveLosses(
  pipeline: NaivePipeline,
  calls: readonly ReferenceCall[],
): Promise<Losses> {
  let wrongCalls = 0;
  let lostUpdates = 0;
  for (const call of calls) {
    const stored = await pipeline.load(call.callKey);
    if (!isDeepStrictEqual(stored.call, foldOf(call))) wrongCalls += 1;
    lostUpdates += call.elements.length - stored.events;
  }
  return { wrongCalls, lostUpdates };
}
