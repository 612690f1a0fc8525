import { CONVERSATION_ID, element } from '../support/preview-2021-04-elements.ts';
import type { FaultName } from './faults.ts';
import { timeText } from './generate-call.ts';
import { Random } from './random.ts';
import { type HistoryResult, runHistory } from './run-history.ts';
import type { Delivery, Scenario } from './scenario.ts';

const CALL_LEG_ID = '531f3600-481a-41c8-8a75-2e8eb2e8eb00';

const QUIET_SCENARIO: Scenario = {
  seed: 1,
  clockSkewsMs: [0, 0],
  provider: 'preview',
  decider: 'listening',
  deliveries: [],
  faults: { exactly: {} },
  sweepEverySeconds: null,
  maxDequeueCount: 8,
  hiddenSeconds: 600,
};

/**
 * The scenarios of which every crash point is tried. None of them needs a sweep: the messages alone must repair what a
 * crash leaves behind.
 */
export const CRASH_SCENARIOS: Readonly<Record<string, Scenario>> = {
  'a menu on the preview, with a key pressed': {
    ...QUIET_SCENARIO,
    decider: 'menu',
    deliveries: single('c0000000000000001', [
      state(0, 'Establishing'),
      state(2_000, 'Established'),
      tone(5_000, 1, 'Tone2'),
      state(40_000, 'Terminating'),
      state(40_300, 'Terminated'),
    ]),
  },
  'a silent caller, reminded and hung up on, with repeatable requests': {
    ...QUIET_SCENARIO,
    provider: 'repeatable',
    decider: 'menu',
    deliveries: single('c0000000000000002', [state(0, 'Establishing'), state(2_000, 'Established')]),
  },
  'announcements without a key in the URL, one callback twice, one with three events': {
    ...QUIET_SCENARIO,
    clockSkewsMs: [0, 30_000],
    decider: 'announcements',
    deliveries: [
      ...single(null, [state(0, 'Establishing'), state(2_000, 'Established')]),
      { atMs: 2_100, callKey: null, elements: [state(2_000, 'Established').element] },
      {
        atMs: 4_000,
        callKey: null,
        elements: [tone(3_000, 0, 'Tone1'), tone(3_200, 1, 'Tone4'), state(3_900, 'Hold')].map(
          each => each.element,
        ),
      },
      ...single(null, [state(70_000, 'Terminated')]),
    ],
  },
  'a call of ours, asked for, placed and prompted': {
    ...QUIET_SCENARIO,
    decider: 'menu',
    placed: [
      {
        askedAtMs: 0,
        told: single(null, [
          state(0, 'Establishing'),
          state(2_000, 'Established'),
          state(5_000, 'Terminating'),
          state(5_300, 'Terminated'),
        ]),
      },
    ],
  },
};

/** Where a crash was tried, and what came of it. */
export interface CrashResult {
  readonly faults: Readonly<Record<string, FaultName>>;
  readonly result: HistoryResult;
}

const CRASHES = ['crashBefore', 'crashAfter'] as const;

/** Runs a scenario with a crash before, and one after, each of its steps: one in every run. */
export async function* everyCrash(scenario: Scenario): AsyncGenerator<CrashResult> {
  const { stepNames } = await runHistory(scenario);
  for (const step of stepNames) {
    for (const crash of CRASHES) yield await withFaults(scenario, { [step]: crash });
  }
}

/** Runs a scenario with two crashes at steps by chance; the second may be one that only the first brings about. */
export async function* sampledPairs(
  scenario: Scenario,
  { count, seed }: { readonly count: number; readonly seed: number },
): AsyncGenerator<CrashResult> {
  const random = new Random(seed, 200);
  const { stepNames } = await runHistory(scenario);
  for (let made = 0; made < count; made++) {
    const first = { [random.pick(stepNames)]: random.pick(CRASHES) };
    const { result } = await withFaults(scenario, first);
    const second = random.pick(result.stepNames);
    yield await withFaults(scenario, { [second]: random.pick(CRASHES), ...first });
  }
}

/** Runs one call with its callbacks arriving in each of their orders. */
export async function* everyArrival(): AsyncGenerator<HistoryResult> {
  const events = [
    state(0, 'Establishing'),
    state(2_000, 'Established'),
    tone(5_000, 1, 'Tone2'),
    tone(5_500, 2, 'Tone1'),
    state(9_000, 'Terminated'),
  ];
  for (const order of orders(events)) {
    const deliveries = order.map(({ element: sent }, index) => ({
      atMs: 10_000 + 200 * index,
      callKey: 'c0000000000000003',
      elements: [sent],
    }));
    yield await runHistory({ ...QUIET_SCENARIO, decider: 'menu', deliveries });
  }
}

async function withFaults(
  scenario: Scenario,
  exactly: Readonly<Record<string, FaultName>>,
): Promise<CrashResult> {
  return { faults: exactly, result: await runHistory({ ...scenario, faults: { exactly } }) };
}

interface TimedElement {
  readonly atMs: number;
  readonly element: object;
}

function single(callKey: string | null, events: readonly TimedElement[]): Delivery[] {
  return events.map(({ atMs, element: sent }) => ({ atMs: atMs + 50, callKey, elements: [sent] }));
}

function state(atMs: number, CallState: string): TimedElement {
  const data = { ConversationId: CallState === 'Establishing' ? null : CONVERSATION_ID, CallState };
  return timed(atMs, 'CallLegStateChanged', data);
}

function tone(atMs: number, SequenceId: number, Tone: string): TimedElement {
  return timed(atMs, 'DtmfReceived', { ToneInfo: { SequenceId, Tone } });
}

function timed(atMs: number, type: string, data: object): TimedElement {
  return { atMs, element: element(type, data, { callLegId: CALL_LEG_ID, eventTime: timeText(atMs, 1_234) }) };
}

function* orders<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  if (items.length === 0) yield [];
  for (const [index, item] of items.entries()) {
    for (const rest of orders(items.toSpliced(index, 1))) yield [item, ...rest];
  }
}
