/** A call of the demonstration. */
export interface DemoCall {
  /** Whom it goes to, for people. */
  readonly who: string;
  /** What the emulator's callee does: told by the last digits of the number. */
  readonly does: string;
  readonly flow: string;
  /** Where to ask for it, below the app's address. */
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The length in the query is for the emulator, which fetches nothing. */
const media = (name: string, seconds: number) => `https://media.example.com/${name}.wav?seconds=${seconds}`;

/** One of the ten numbers that the calls go out from, two at a time. */
const callerId = (index: number) => `+18335550${100 + (index % 10)}`;

const INPUTS = {
  'appointment-reminder': {
    reminder: media('reminder', 4),
    confirmed: media('confirmed', 2),
    unavailable: media('unavailable', 2),
    agent: '+14255550199',
    silenceSeconds: 6,
  },
  'outage-notification': {
    notice: media('outage', 4),
    thanks: media('thanks', 2),
    notices: 1,
    attempts: 2,
    retryAfterSeconds: 30,
  },
  'interactive-menu': {
    question: media('question', 3),
    again: media('again', 3),
    accepted: media('accepted', 2),
    maxDigits: 4,
    choices: ['12', '1'],
    firstDigitSeconds: 5,
    tries: 2,
  },
} as const;

/** Whom each flow calls: the last two digits of the number say what the emulator's callee does. */
const CALLED: readonly (readonly [flow: keyof typeof INPUTS, digits: string, does: string])[] = [
  ['appointment-reminder', '01', 'presses 1'],
  ['appointment-reminder', '02', 'presses 2'],
  ['appointment-reminder', '03', 'is busy'],
  ['appointment-reminder', '04', 'declines'],
  ['appointment-reminder', '05', 'never answers'],
  ['appointment-reminder', '06', 'is a voicemail'],
  ['appointment-reminder', '07', 'hangs up in the prompt'],
  ['appointment-reminder', '08', 'says nothing'],
  ['outage-notification', '01', 'presses 1'],
  ['outage-notification', '10', 'presses 1, hangs up'],
  ['outage-notification', '03', 'is busy'],
  ['outage-notification', '07', 'hangs up in the prompt'],
  ['outage-notification', '08', 'says nothing'],
  ['interactive-menu', '11', 'enters 12#'],
  ['interactive-menu', '12', 'enters 99#'],
  ['interactive-menu', '01', 'presses 1'],
  ['interactive-menu', '08', 'says nothing'],
];

/** Group calls with members of the emulator that come and go. */
const CONVERSATIONS = ['a3f1c9d2-5b8e-4f0a-9f5d-2a6e3d9b4c10', 'b7e2d8c4-5b8e-4f0a-9f5d-2a6e3d9b4c11'];

/** The calls of the demonstration: the shipped flows, each with callees of every kind. */
export const DEMO_CALLS: readonly DemoCall[] = [
  ...CALLED.map(([flow, digits, does], index): DemoCall => {
    // Of an area code of its own, so that nobody is called twice.
    const to = `+1${201 + index}55501${digits}`;
    const body = { to, callerId: callerId(index), flow: { name: flow, input: INPUTS[flow] } };
    return { who: to, does, flow, path: '/api/calls', body };
  }),
  ...CONVERSATIONS.map((id): DemoCall => {
    const flow = { name: 'conversation-monitor', input: { aloneSeconds: 5 } };
    const path = `/api/conversations/${id}/join`;
    return {
      who: `conversation ${id.slice(0, 8)}`,
      does: 'people come and go',
      flow: flow.name,
      path,
      body: { flow },
    };
  }),
];
