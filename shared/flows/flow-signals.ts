import * as z from 'zod';
import { isPlacing, PLANNED_KINDS } from '../domain/action.ts';
import type { Call } from '../domain/call.ts';
import { type CollectedInput, TONES, type ToneName } from '../domain/call-event.ts';
import { OPERATION_KINDS } from '../domain/operation-events.ts';
import { outcomeOf } from '../domain/outcome.ts';
import { explain } from '../domain/reason.ts';
import type { Signal } from '../domain/signal.ts';
import { participantsOf } from '../domain/stays.ts';

const name = z.string().nullable().describe('What the flow called the action; null for one without a name.');
const rawIds = z.array(z.string());
const time = z.string().nullable();

/** What a flow is told, by the name of each signal. None has a time: what a flow decides must not depend on it. */
export const FLOW_SIGNALS = {
  connected: z
    .object({})
    .describe(
      'Somebody answered, or something proves that they did. Comes before all that happens on the line.',
    ),
  toneReceived: z
    .strictObject({
      tone: z.enum(TONES).describe('The key in words: `one`, `pound`, `asterisk`…'),
      key: z.string().describe('The key as it is printed: `1`, `#`, `*`, `A`; `flash`.'),
    })
    .describe('Somebody pressed a key. Keys come in the order in which they were pressed.'),
  operationEnded: z
    .strictObject({
      kind: z.enum(OPERATION_KINDS).describe('What was asked of ACS.'),
      name,
      status: z
        .enum(['completed', 'failed', 'canceled'])
        .describe('How it ended. A prompt that somebody cancelled is `canceled`.'),
      participants: rawIds.describe('Of an invitation, whom it is about; empty where ACS names nobody.'),
      heard: z
        .string()
        .nullable()
        .describe(
          'What `recognize` heard: the keys as they are printed (`12#`), the label of the choice, or what was said; null where it heard nothing, and of all else.',
        ),
    })
    .describe('What ACS was asked for has ended: a prompt was played, an invitation was answered.'),
  actionEnded: z
    .strictObject({
      kind: z.enum(PLANNED_KINDS).describe('What was asked of ACS.'),
      name,
      state: z
        .enum(['failed', 'unknown'])
        .describe('`failed`: ACS refused it · `unknown`: whether ACS took it cannot be found out.'),
      reason: z.string().describe('Why, in words for people.'),
    })
    .describe('An action came to nothing, so that nothing else will be heard of it.'),
  rosterChanged: z
    .strictObject({
      present: rawIds.describe('Everybody on the call, ourselves too, ordered.'),
      others: rawIds.describe('The same without the identity that placed the call.'),
    })
    .describe('Somebody came or went.'),
  disconnected: z
    .strictObject({
      outcome: z.string().describe('What the call came to: `answered`, `no-answer`, `busy`, `declined`…'),
      wasConnected: z.boolean().describe('Whether anybody answered.'),
      advice: z
        .string()
        .describe(
          'Whether trying again can help: `none`, `soon`, `later`, `never`…; `unknown` without a reason.',
        ),
      connectedAt: time.describe('When it was connected; null where no event tells.'),
      endedAt: time.describe('When it ended.'),
      participants: z
        .array(
          z.strictObject({
            rawId: z.string(),
            stays: z.array(z.strictObject({ joinedAt: z.string(), leftAt: time })),
          }),
        )
        .describe('Everybody who was on the call, with their times on it.'),
    })
    .describe(
      'The call is over, and 15 s have passed in which nothing more was heard. The last signal of all.',
    ),
} as const;

export type SignalName = keyof typeof FLOW_SIGNALS;

/** The names of all signals. */
export const KNOWN_SIGNALS = Object.keys(FLOW_SIGNALS) as readonly SignalName[];

type Members<Name extends SignalName> = z.infer<(typeof FLOW_SIGNALS)[Name]>;

/** What a flow is told. */
export type FlowSignal<Name extends SignalName = SignalName> = {
  readonly [Each in Name]: { readonly type: Each } & (Members<Each> extends Record<string, never>
    ? unknown
    : Readonly<Members<Each>>);
}[Name];

const KEYS: Partial<Record<ToneName, string>> = {
  zero: '0',
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  asterisk: '*',
  pound: '#',
};

/** A key as it is printed on a telephone. */
function keyOf(tone: ToneName): string {
  return KEYS[tone] ?? (tone === 'flash' ? tone : tone.toUpperCase());
}

/**
 * The tone of a key as it is printed.
 *
 * @throws RangeError for what is no key.
 */
export function toneOf(key: string): ToneName {
  const tone = TONES.find(each => keyOf(each) === key);
  if (tone === undefined) throw new RangeError(`There is no key ${key} on a telephone.`);
  return tone;
}

/** A signal as a flow is told of it; undefined for what it is not told. */
export function flowSignalOf(call: Call, signal: Signal): FlowSignal | undefined {
  switch (signal.type) {
    case 'connected':
      return { type: 'connected' };
    case 'toneReceived':
      return { type: 'toneReceived', tone: signal.tone, key: keyOf(signal.tone) };
    case 'operationEnded': {
      const { kind, status, participants, operationContext, input } = signal;
      return {
        type: 'operationEnded',
        kind,
        name: nameOf(call, operationContext),
        status,
        participants: [...participants],
        heard: input === undefined ? null : heardIn(input),
      };
    }
    case 'actionEnded': {
      const { kind, state, reason, actionId } = signal;
      // That the call was not placed is told by its end.
      if (isPlacing(signal)) return undefined;
      return { type: 'actionEnded', kind, name: nameOf(call, actionId), state, reason };
    }
    case 'rosterChanged': {
      const others = signal.present.filter(rawId => !isOurs(call, rawId));
      return { type: 'rosterChanged', present: [...signal.present], others };
    }
    case 'disconnected':
      return endOfCall(call);
    case 'timerFired':
      return undefined;
  }
}

function heardIn(input: CollectedInput): string {
  if (input.kind === 'tones') return input.tones.map(keyOf).join('');
  return input.kind === 'choice' ? input.label : input.speech;
}

/** Whether it is the identity that the call was placed by: whom it was placed in the name of, or whom ACS has for us. */
function isOurs({ actions }: Call, rawId: string): boolean {
  const placing = actions.find(isPlacing);
  return rawId === placing?.arguments['from'] || rawId === placing?.ids?.source;
}

function nameOf({ flow }: Call, actionId: string | null): string | null {
  return flow?.names[actionId ?? ''] ?? null;
}

/** Facts of the call, which are the same whatever order its events came in. */
function endOfCall(call: Call): FlowSignal<'disconnected'> {
  return {
    type: 'disconnected',
    outcome: outcomeOf(call) ?? 'unknown',
    wasConnected: call.wasConnected,
    advice: explain(call.endReason)?.retry ?? 'unknown',
    connectedAt: call.connectedAt,
    endedAt: call.endedAt ?? call.lostAt,
    participants: participantsOf(call).map(({ rawId, stays }) => ({ rawId, stays: [...stays] })),
  };
}
