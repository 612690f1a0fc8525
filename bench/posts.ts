import type { ReferenceCall } from './reference-call.ts';
import { shuffled } from './seeded-random.ts';

/** One callback: some events of one call. */
export interface Post {
  readonly callKey: string;
  readonly elements: readonly object[];
}

/** Calls whose events take turns: more than are worked on at once, so that seldom two of one call meet. */
const CALLS_TAKING_TURNS = 20;

/** Callbacks as they come on a busy day: those of twenty calls take turns. */
export function spreadPosts(calls: readonly ReferenceCall[], eventsPerPost = 1): Post[] {
  const posts: Post[] = [];
  for (let from = 0; from < calls.length; from += CALLS_TAKING_TURNS) {
    const group = calls.slice(from, from + CALLS_TAKING_TURNS).map(call => postsOf(call, eventsPerPost));
    const longest = Math.max(...group.map(ofCall => ofCall.length));
    for (let turn = 0; turn < longest; turn++) {
      posts.push(...group.flatMap(ofCall => ofCall.slice(turn, turn + 1)));
    }
  }
  return posts;
}

/** Callbacks of one event, those of a call right behind each other. */
export function burstPosts(calls: readonly ReferenceCall[]): Post[] {
  return calls.flatMap(call => postsOf(call, 1));
}

/** Such bursts at their worst: each call's callbacks shuffled, and a share of them sent twice. */
export function shuffledBurstPosts(
  calls: readonly ReferenceCall[],
  duplicateShare: number,
  random: () => number,
): Post[] {
  return calls.flatMap(call => {
    const posts = postsOf(call, 1);
    return shuffled([...posts, ...posts.filter(() => random() < duplicateShare)], random);
  });
}

function postsOf({ callKey, elements }: ReferenceCall, eventsPerPost: number): Post[] {
  const posts: Post[] = [];
  for (let from = 0; from < elements.length; from += eventsPerPost) {
    posts.push({ callKey, elements: elements.slice(from, from + eventsPerPost) });
  }
  return posts;
}
