import type { LogEvent } from './log-event.ts';

/** A metric that the app keeps. */
export interface Metric {
  readonly kind: 'counter' | 'histogram' | 'gauge';
  readonly unit: string;
  readonly description: string;
}

/** Every metric of the app, by name. The names stay: dashboards and alerts are built on them. */
export const METRICS = {
  'ringback.callback.events': {
    kind: 'counter',
    unit: '{event}',
    description: 'Events of callbacks, by what became of them: accepted or parked.',
  },
  'ringback.callback.refused': {
    kind: 'counter',
    unit: '{request}',
    description: 'Callbacks that were turned away, by status.',
  },
  'ringback.event.age': {
    kind: 'histogram',
    unit: 's',
    description: 'From the receipt of a callback until its events are recorded.',
  },
  'ringback.message.pickup_delay': {
    kind: 'histogram',
    unit: 's',
    description: 'From the receipt of a callback until its message is first taken from the queue.',
  },
  'ringback.events': { kind: 'counter', unit: '{event}', description: 'Events taken from the queue.' },
  'ringback.events.duplicate': {
    kind: 'counter',
    unit: '{event}',
    description: 'Events that were recorded before, and did not count again.',
  },
  'ringback.commit.conflicts': {
    kind: 'counter',
    unit: '{conflict}',
    description: 'How often another writer of a call was first.',
  },
  'ringback.messages.delayed': {
    kind: 'counter',
    unit: '{message}',
    description: 'Messages that were put again, since storage failed for the moment.',
  },
  'ringback.actions': {
    kind: 'counter',
    unit: '{action}',
    description: 'Actions by kind and the state that a send, or the end of their call, led to.',
  },
  'ringback.lines.awaited': {
    kind: 'counter',
    unit: '{call}',
    description: 'Calls that were to be placed while all lines of their number were in use.',
  },
  'ringback.lines.in_use': {
    kind: 'gauge',
    unit: '{line}',
    description: 'Lines of all numbers that a call is on, as the sweep counted them.',
  },
  'ringback.parked': { kind: 'counter', unit: '{thing}', description: 'Things that were parked, by reason.' },
  'ringback.calls.lost': {
    kind: 'counter',
    unit: '{call}',
    description: 'Calls that went quiet and were given up.',
  },
  'ringback.calls.open': {
    kind: 'gauge',
    unit: '{call}',
    description: 'Calls that have not ended, as the sweep counted them.',
  },
} as const satisfies Readonly<Record<string, Metric>>;

export type MetricName = keyof typeof METRICS;

/** One reading of a metric. Its attributes have few values: never a call, a number or an id. */
export interface Measurement {
  readonly metric: MetricName;
  readonly value: number;
  readonly attributes?: Readonly<Record<string, string | number>>;
}

/** The state of an action that a send leads to, by what ACS answered; of others it shows when that is recorded. */
const STATE_OF_RESULT: Readonly<Record<string, string>> = {
  done: 'done',
  notNow: 'planned',
  unclear: 'unclear',
};

/** What a line of the log says in numbers, for whoever counts rather than reads. Pure. */
export function measurementsOf({ name, fields }: LogEvent): readonly Measurement[] {
  return (READ[name]?.(fields) ?? []).filter(
    ({ value, metric }) => value > 0 || METRICS[metric].kind !== 'counter',
  );
}

type Fields = LogEvent['fields'];

const READ: Readonly<Record<string, (fields: Fields) => Measurement[]>> = {
  callbackReceived: fields => [
    {
      metric: 'ringback.callback.events',
      value: number(fields, 'accepted'),
      attributes: { outcome: 'accepted' },
    },
    {
      metric: 'ringback.callback.events',
      value: number(fields, 'parked'),
      attributes: { outcome: 'parked' },
    },
  ],
  callbackRefused: fields => [
    { metric: 'ringback.callback.refused', value: 1, attributes: { status: number(fields, 'status') } },
  ],
  eventsCommitted: fields => [
    { metric: 'ringback.events', value: number(fields, 'events') },
    { metric: 'ringback.event.age', value: number(fields, 'ageMs') / 1000 },
    ...(typeof fields['pickUpMs'] === 'number'
      ? [{ metric: 'ringback.message.pickup_delay' as const, value: fields['pickUpMs'] / 1000 }]
      : []),
  ],
  messageDelayed: () => [{ metric: 'ringback.messages.delayed', value: 1 }],
  actionSent: fields => {
    const state = STATE_OF_RESULT[text(fields, 'result')];
    return state === undefined ? [] : [actionsIn(fields, state)];
  },
  actionFailed: fields => [actionsIn(fields, 'failed')],
  actionSkipped: fields => [actionsIn(fields, 'skipped')],
  actionUnknown: fields => [actionsIn(fields, 'unknown')],
  lineAwaited: () => [{ metric: 'ringback.lines.awaited', value: 1 }],
  thingParked: fields => [
    { metric: 'ringback.parked', value: 1, attributes: { reason: text(fields, 'reason') } },
  ],
  swept: fields => [{ metric: 'ringback.calls.lost', value: number(fields, 'lost') }],
};

function actionsIn(fields: Fields, state: string): Measurement {
  return { metric: 'ringback.actions', value: 1, attributes: { kind: text(fields, 'kind'), state } };
}

function number(fields: Fields, name: string): number {
  const value = fields[name];
  return typeof value === 'number' ? value : 0;
}

function text(fields: Fields, name: string): string {
  return String(fields[name]);
}
