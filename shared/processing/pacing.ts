import { lineOf } from '../actions/line-of.ts';
import type { ActionResult } from '../actions/provider.ts';
import { type Clock, eventTimeOf } from '../clock.ts';
import type { Action } from '../domain/action.ts';
import { encodeCallMessage } from '../queues/call-message.ts';
import type { Queue } from '../queues/queue.ts';
import type { CallHead } from '../store/call-head.ts';
import type { Lines, LineUser } from '../store/lines.ts';
import { StorageError } from '../store/storage-error.ts';

export interface PacingPorts {
  readonly lines: Pick<Lines, 'take' | 'wait' | 'release'>;
  readonly callActions: Queue;
  readonly clock: Clock;
}

/**
 * Sees to it that no more calls go out from a number at once than it has lines. A line is a permission: whether an action
 * is sent at most once is decided by its claim alone, and a call that loses its line is none the worse for it.
 */
export class Pacing {
  readonly #ports: PacingPorts;

  constructor(ports: PacingPorts) {
    this.#ports = ports;
  }

  /**
   * Undefined when the action may go out. A call that is on no line has never been sent, whoever claimed its placing
   * before: its line is taken before every send, and kept until it is over.
   */
  async takeLine(head: CallHead, action: Action): Promise<'none free' | ActionResult | undefined> {
    const user = action.kind === 'placeCall' ? lineUserOf(head) : undefined;
    if (user === undefined) return undefined;
    try {
      return (await this.#ports.lines.take(user, this.#now())) ? undefined : 'none free';
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      return { kind: 'notNow', reason: `no line could be taken: ${error.message}` };
    }
  }

  /**
   * Lets a call wait for a line. It is looked at when there is one.
   *
   * @throws StorageError when storage failed.
   */
  async waitForLine(head: CallHead): Promise<void> {
    const user = lineUserOf(head);
    if (user !== undefined && (await this.#ports.lines.wait(user, this.#now())))
      await tellOfLine(this.#ports.callActions, user.callKey);
  }

  /**
   * Takes a call that is over off its line, and tells whoever is on it now. Harmless for one that is on none.
   *
   * @throws StorageError when storage failed; doing it again is safe.
   */
  async releaseLine(head: CallHead): Promise<void> {
    const user = lineUserOf(head);
    if (user === undefined) return;
    const handed = await this.#ports.lines.release(user, this.#now());
    for (const callKey of handed) await tellOfLine(this.#ports.callActions, callKey);
  }

  #now() {
    return eventTimeOf(this.#ports.clock.now());
  }
}

/** Has a call looked at that waited for a line, and is on one. */
export async function tellOfLine(callActions: Queue, callKey: string): Promise<void> {
  await callActions.put(encodeCallMessage({ callKey, hasLine: true }));
}

function lineUserOf({ call }: Pick<CallHead, 'call'>): LineUser | undefined {
  const need = lineOf(call);
  return need === undefined ? undefined : { ...need, callKey: call.callKey };
}
