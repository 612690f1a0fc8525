import type { CalleeBookInput } from '../../../local/emulator/core/callee-book.ts';
import type { FaultSettingsInput } from '../../../local/emulator/faults/fault-settings.ts';

/** Users of the resource, who answer after a second. */
export const AGENT = '8:acs:resource_agent';
export const EXPERT = '8:acs:resource_expert';

/** Who answers in the scenes of GA: 01 presses 1 in the first prompt and 2 in the second, the others say nothing. */
export const GA_CAST: CalleeBookInput = {
  callees: [
    {
      match: '+*01',
      script: {
        pickUp: 'answer',
        afterSeconds: 1,
        steps: [
          { on: 'prompt', nth: 1, afterSeconds: 10, press: '1' },
          { on: 'prompt', nth: 2, afterSeconds: 10, press: '2' },
        ],
      },
    },
    { match: '*', script: { pickUp: 'answer', afterSeconds: 1 } },
  ],
};

/**
 * Calm weather, and one in which callbacks come twice and out of order and most requests are answered wrongly. What is
 * answered wrongly there is either carried out or throttled, so that what is sent once is carried out once.
 */
export const GA_WEATHERS: readonly {
  readonly weather: string;
  readonly faults: FaultSettingsInput;
  /** What an action shows once it was carried out. */
  readonly settled: readonly string[];
}[] = [
  { weather: 'in calm weather', faults: {}, settled: ['done'] },
  {
    weather: 'under every fault',
    settled: ['done', 'unknown'],
    faults: {
      requests: { throttle: 0.2, failAfter: 0.2, dropAfter: 0.2 },
      callbacks: { duplicate: 0.5, reorder: 0.4, delay: 0.3, delayMs: [10, 300], holdMs: 300, batch: 0.2 },
    },
  },
];
