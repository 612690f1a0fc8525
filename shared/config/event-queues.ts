import { type ValuesOf, wholeNumber } from './setting.ts';

/** Over how many queues events are spread, and how many are looked after. */
export interface EventQueueSettings {
  /** Events are put into so many queues. */
  readonly spread: number;
  /** Events are taken from so many; at least those into which they are put. */
  readonly drained: number;
}

/** Each queue has a function of its own, and each function its own instances. */
const EVENT_QUEUES_MAX = 16;

/** The settings of the queues of events, as they are in the environment. */
export const eventQueueFields = {
  EVENT_QUEUES: wholeNumber(
    { from: 1, to: EVENT_QUEUES_MAX, otherwise: 1 },
    'Over how many queues events are spread, by call. More than one takes more than 2,000 requests a second (docs/scale.md).',
  ),
  EVENT_QUEUES_PREVIOUS: wholeNumber(
    { from: 1, to: EVENT_QUEUES_MAX, otherwise: 1 },
    'What EVENT_QUEUES was, where it was more: these queues are emptied too. To be taken away once they are empty.',
  ),
};

type Parsed = ValuesOf<typeof eventQueueFields>;

export function readEventQueues({ EVENT_QUEUES, EVENT_QUEUES_PREVIOUS }: Parsed): EventQueueSettings {
  return { spread: EVENT_QUEUES, drained: Math.max(EVENT_QUEUES, EVENT_QUEUES_PREVIOUS) };
}

/**
 * From how many queues events are taken. For when the functions are registered, before the settings are read: one where
 * a setting is wrong, which then stops the start.
 */
export function drainedEventQueues(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): number {
  const spread = eventQueueFields.EVENT_QUEUES.read(environment['EVENT_QUEUES'] ?? '');
  const previous = eventQueueFields.EVENT_QUEUES_PREVIOUS.read(environment['EVENT_QUEUES_PREVIOUS'] ?? '');
  return spread && previous ? Math.max(spread.value, previous.value) : 1;
}
