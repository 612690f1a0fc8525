import { type AnyActorScope, createEmptyActor } from 'xstate';

/**
 * What a machine is given to move in: `actionExecutor` is told what it wants done, and nothing else comes of it.
 *
 * XState's own `transition` makes an actor of the machine each time, and so has it begin without its input: for most flows
 * an error that is thrown and kept from everybody.
 */
export function inertScope(actionExecutor: AnyActorScope['actionExecutor']): AnyActorScope {
  const self = createEmptyActor();
  return {
    self,
    system: self.system,
    id: '',
    sessionId: '',
    logger: nothing,
    defer: nothing,
    emit: nothing,
    stopChild: nothing,
    actionExecutor,
  };
}

/** Only an actor that runs has children, listeners and a log. */
function nothing(): void {}
