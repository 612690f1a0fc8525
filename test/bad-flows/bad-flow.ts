import { type AnyStateMachine, setup } from 'xstate';
import * as z from 'zod';
import type { Flow, MachineFlow } from '../../shared/flows/flow.ts';
import { type FlowTypes, flowActions } from '../../shared/flows/flow-setup.ts';

/** A flow with one thing wrong with it. */
export interface BadFlow {
  /** What is wrong, for people. */
  readonly what: string;
  readonly flow: Flow;
  /** The rule that it breaks, the place that is told, and a part of what is said. */
  readonly rule: string;
  readonly where: string;
  readonly says: RegExp;
}

/** What the machines of bad flows remember: whatever they like. */
export interface Anything {
  readonly rounds: number;
  readonly [member: string]: unknown;
}

/** XState's setup with the actions of flows, and the guards and actions that a bad flow adds. */
export const bad = setup({
  types: {} as FlowTypes<Anything, { readonly attempt?: number }>,
  actions: flowActions,
});

/** A prompt that ACS could play. */
export const PROMPT = {
  type: 'playAudio',
  params: { audioFileUri: 'https://media.example.com/a.wav', name: 'a' },
} as const;

/** A question that GA alone can ask. */
export const RECOGNIZE = {
  type: 'recognize',
  params: {
    participant: '+14255550142',
    input: 'tones',
    maxTones: 1,
    prompt: { audioFileUri: 'https://media.example.com/a.wav' },
    name: 'question',
  },
} as const;

/** How good flows end. */
export const ENDS = {
  leaving: { entry: 'hangUp', after: { 60000: 'over' } },
  over: { type: 'final' },
} as const;

/** A flow by a machine, right in all but the machine. */
export function flowOf(machine: AnyStateMachine, members: Partial<MachineFlow> = {}): MachineFlow {
  return {
    name: 'bad',
    version: 1,
    summary: 'Wrong.',
    input: z.strictObject({}),
    example: {},
    races: [{ between: ['after', 'disconnected'], reason: 'What is begun as the line ends is skipped.' }],
    machine,
    ...members,
  };
}

/** What their machines have in common. */
export const whole = { id: 'bad', initial: 'ringing', on: { disconnected: '.over' } } as const;
/** Until somebody answers. */
export const ringing = { on: { connected: 'menu' } } as const;
/** What they remember unless told. */
export const context: Anything = { rounds: 0 };

type States = NonNullable<Parameters<typeof bad.createMachine>[0]['states']>;

/** A flow that rings, and hangs up in the end, with states of its own between. */
export const flowWith = (states: States, members: Partial<MachineFlow> = {}, remembers: Anything = context) =>
  flowOf(
    bad.createMachine({ ...whole, context: remembers, states: { ringing, ...ENDS, ...states } }),
    members,
  );
