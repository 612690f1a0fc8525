import type { ActionResult } from '../../shared/actions/provider.ts';
import type { ActionDraft } from '../../shared/domain/action.ts';
import type { CallEvent } from '../../shared/domain/call-event.ts';
import type { CallHead } from '../../shared/store/call-head.ts';
import { atSecond, CALL_KEY, callEvent } from './call-events.ts';
import { deciderOf } from './deciders.ts';
import type { PortRequest } from './faults.ts';
import { type Instance, MemoryWorld } from './memory-world.ts';

/** What the calls of these tests go through. */
export const connected = received(
  callEvent(atSecond(3), { type: 'call.connected', conversationId: 'conversation-1' }),
);
/** Their end. */
export const ended = received(
  callEvent(atSecond(60), {
    type: 'call.disconnected',
    conversationId: null,
    wasConnected: true,
    reason: null,
  }),
);

/** Somebody presses 1. */
export function tone(sequenceId: number): CallEvent {
  return received(callEvent(atSecond(5 + sequenceId), { type: 'tone.received', sequenceId, tone: 'one' }));
}

/** Received when the clock of a world begins, from which timers run. */
export function received(event: CallEvent): CallEvent {
  return { ...event, receivedAt: atSecond(3_600) };
}

/** A transaction of a call. */
export const isCallCommit = ({ port, operation }: PortRequest) => port === 'calls' && operation === 'commit';
/** A message put into the queue of that name. */
export const isPut =
  (port: string) =>
  ({ port: asked, operation }: PortRequest) =>
    asked === port && operation === 'put';

/** The head as it is stored. */
export async function headOf({ calls }: Instance): Promise<CallHead> {
  const head = await calls.load(CALL_KEY);
  if (head === undefined) throw new Error('The call is not known.');
  return head;
}

/** How far each action is, as it is stored. */
export async function states(instance: Instance): Promise<string[]> {
  return (await headOf(instance)).call.actions.map(
    ({ kind, arguments: { label }, state }) => `${label === kind ? kind : String(label)} ${state}`,
  );
}

/** A world in which a connection leads to these actions. */
export function worldThatSends(...actions: readonly ActionDraft[]): MemoryWorld {
  return new MemoryWorld({ decider: deciderOf({ connected: { actions } }) });
}

/** ACS did not carry it out. */
export const NOT_NOW: ActionResult = { kind: 'notNow', reason: 'throttled' };
/** ACS may have carried it out. */
export const UNCLEAR: ActionResult = { kind: 'unclear', reason: 'no answer' };

/** Lets everything run that waits for nothing but its turn. */
export async function turns(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise(resolve => setImmediate(resolve));
}

/** An ACS whose answers a test gives by hand. */
export function answersByHand(world: MemoryWorld) {
  const waiting: ((result: ActionResult) => void)[] = [];
  world.provider.answer = () => new Promise(resolve => waiting.push(resolve));
  return { answer: (result: ActionResult = { kind: 'done' }) => waiting.shift()?.(result) };
}
