import { setTimeout as delay } from 'node:timers/promises';
import type { ActionResult, Provider } from '../../shared/actions/provider.ts';
import type { ActionDraft } from '../../shared/domain/action.ts';
import type { Decider } from '../../shared/flows/decider.ts';
import { onFreshAzurite } from '../azurite-case.ts';
import { runClosedLoop } from '../closed-loop.ts';
import { type Acting, type OurPipeline, ourPipeline } from '../our-pipeline.ts';
import type { Post } from '../posts.ts';
import type { Measure } from '../reading.ts';
import { referenceCalls } from '../reference-call.ts';

const CALLS = referenceCalls(20);
/** The callback of each call that says that it is connected: by itself it costs the same whatever follows from it. */
const POSTS: readonly Post[] = CALLS.map(({ callKey, elements }) => ({
  callKey,
  elements: elements.slice(1, 2),
}));

const PROMPT: ActionDraft = { kind: 'playAudio', arguments: { audioFileUri: 'https://media.example/a.wav' } };
const AT_ONCE = 2;

/** Longer than the first pause of an action that ACS turned away. */
const WAIT_MS = 6_000;
const RECEIVE_MAX = 32;
const HIDE_SECONDS = 60;

/** What an action costs in storage requests beyond those of the event that it follows from. */
export const actionTransactions: Measure = {
  name: 'action-transactions',

  async run({ repeat, progress }) {
    const atOnce: number[] = [];
    const queued: number[] = [];
    for (let round = 1; round <= repeat; round++) {
      progress(`round ${round} of ${repeat}`);
      await onFreshAzurite(async connectionString => {
        const idle = await requestsOf(connectionString, 'idle');
        const acting = await requestsOf(
          connectionString,
          'atonce',
          playing(AT_ONCE, () => DONE),
        );
        atOnce.push((acting - idle) / (AT_ONCE * CALLS.length));
        queued.push(((await requestsOfQueued(connectionString)) - idle) / CALLS.length);
      });
    }
    return [
      { name: 'transactions per action, performed at once', unit: '', runs: atOnce, bar: { atMost: 1.1 } },
      { name: 'transactions per action, from the queue', unit: '', runs: queued, bar: { atMost: 4.2 } },
    ];
  },
};

const DONE: ActionResult = { kind: 'done' };

/** Plays prompts to whoever answers; ACS says what `answer` says to the nth send of one. */
function playing(prompts: number, answer: (sends: number) => ActionResult): Acting {
  const sends = new Map<string, number>();
  const decider: Decider = {
    version: 'bench-1',
    decide: (_call, { type }) =>
      type === 'connected' ? { actions: Array.from({ length: prompts }, () => PROMPT) } : {},
  };
  const provider: Provider = {
    policyOf: () => 'atMostOnce',
    perform: async ({ actionId }) => {
      const count = (sends.get(actionId) ?? 0) + 1;
      sends.set(actionId, count);
      return answer(count);
    },
    ask: async () => 'cannotAsk',
  };
  return { decider, provider };
}

async function requestsOf(connectionString: string, name: string, acting?: Acting): Promise<number> {
  const pipeline = await ourPipeline({ connectionString, name, index: 'memory', ...(acting && { acting }) });
  await runClosedLoop(pipeline, POSTS);
  const requests = ofEvents(pipeline);
  if (acting !== undefined) await assertDone(pipeline);
  return requests;
}

/** Has every action turned away once, whose record belongs to that send, and counts what its way through the queue takes. */
async function requestsOfQueued(connectionString: string): Promise<number> {
  const acting = playing(1, sends => (sends === 1 ? { kind: 'notNow', reason: 'throttled' } : DONE));
  const pipeline = await ourPipeline({ connectionString, name: 'queued', index: 'memory', acting });
  await runClosedLoop(pipeline, POSTS);
  await delay(WAIT_MS);
  const messages = await pipeline.callActions.receive(RECEIVE_MAX, HIDE_SECONDS);
  for (const message of messages) {
    await pipeline.nudge(message);
    await pipeline.callActions.delete(message);
  }
  const turnedAway = CALLS.length;
  const requests = ofEvents(pipeline) - turnedAway;
  await assertDone(pipeline);
  return requests;
}

async function assertDone({ store }: OurPipeline): Promise<void> {
  for (const { callKey } of CALLS) {
    const actions = (await store.load(callKey))?.call.actions ?? [];
    if (actions.length === 0 || actions.some(({ state }) => state !== 'done'))
      throw new Error(`The actions of ${callKey} are not all done.`);
  }
}

/** Without the index, which has nothing to do with an action. */
function ofEvents(pipeline: OurPipeline): number {
  const { queue, calls } = pipeline.requests();
  return queue + calls;
}
