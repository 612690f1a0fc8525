import { randomUUID } from 'node:crypto';
import type { CalleeBookInput } from '../../../local/emulator/core/callee-book.ts';
import type { FaultSettingsInput } from '../../../local/emulator/faults/fault-settings.ts';

/** Users who are called, or who are on conversations. */
export const AGENT = '8:acs:resource_agent';
export const ANN = '8:acs:resource_ann';
export const BOB = '8:acs:resource_bob';
export const CAROL = '8:acs:resource_carol';

/** Who answers in the scenes. */
export const CAST: CalleeBookInput = {
  callees: [
    {
      match: '+*01',
      script: { pickUp: 'answer', steps: [{ on: 'prompt', nth: 1, afterSeconds: 2, press: '1' }] },
    },
    { match: '+*03', script: { pickUp: 'busy' } },
    { match: '+*05', script: { pickUp: 'never' } },
    { match: '+*', script: { pickUp: 'answer', afterSeconds: 1 } },
    { match: '8:acs:*', script: { pickUp: 'answer', afterSeconds: 1 } },
  ],
  conversations: [
    {
      match: '*-*-*-*-*',
      members: [
        { identity: ANN },
        {
          identity: BOB,
          joinsAfterSeconds: 30,
          steps: [
            { on: 'connected', afterSeconds: 10, do: 'mute' },
            { on: 'connected', afterSeconds: 20, do: 'unmute' },
            { on: 'connected', afterSeconds: 30, do: 'hangUp' },
          ],
        },
      ],
    },
  ],
};

/**
 * A stage on which all goes well, and one on which callbacks come twice and out of order and most requests are answered
 * wrongly. All that is wrong there is either carried out or throttled: so what may be sent once is carried out once.
 */
export const WEATHERS: readonly {
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
      requests: { throttle: 0.25, failAfter: 0.25, dropAfter: 0.25 },
      callbacks: {
        duplicate: 0.5,
        reorder: 0.4,
        delay: 0.3,
        delayMs: [10, 300],
        holdMs: 300,
        batch: 0.2,
        split: 0.2,
      },
    },
  },
];

/** A group call that no other scene has. */
export function freshConversation(): string {
  return randomUUID();
}
