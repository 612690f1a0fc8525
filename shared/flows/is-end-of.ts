import type { FlowSignal } from './flow-signals.ts';

/**
 * Whether a signal tells that the action of that name is over, however it went: ACS refused it, or what it began has ended.
 * For guards. Give each prompt a name of its own, with its round where it is played again: the end of the one before can
 * come late.
 */
export function isEndOf(name: string, signal: FlowSignal): boolean {
  return (signal.type === 'operationEnded' || signal.type === 'actionEnded') && signal.name === name;
}

/** Whether it went well: the prompt was played to its end, who was invited joined. */
export function isSuccessOf(name: string, signal: FlowSignal): boolean {
  return signal.type === 'operationEnded' && signal.name === name && signal.status === 'completed';
}
