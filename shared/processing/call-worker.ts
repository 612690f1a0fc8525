import { waitsUntil } from '../actions/claims.ts';
import type { Provider } from '../actions/provider.ts';
import { type Clock, eventTimeOf } from '../clock.ts';
import type { Action } from '../domain/action.ts';
import type { EventTime } from '../domain/event-time.ts';
import { encodeCallMessage } from '../queues/call-message.ts';
import type { Queue } from '../queues/queue.ts';
import type { CallHead } from '../store/call-head.ts';
import type { CallStore, Committed } from '../store/call-store.ts';
import type { CommitRequest } from '../store/commit-plan.ts';
import type { Log } from '../telemetry/log-event.ts';
import { actionSent } from '../telemetry/log-events.ts';
import { CallMailboxes } from './call-mailboxes.ts';
import { settle } from './settle.ts';

export interface WorkerPorts {
  readonly calls: CallStore;
  readonly provider: Provider;
  readonly callActions: Queue;
  readonly callAlarms: Queue;
  readonly clock: Clock;
  /** From 0 up to, not including, 1. */
  readonly random: () => number;
  readonly log: Log;
}

interface Delivered {
  readonly committed: Committed;
  /** Resolves when the action that the commit claimed is settled, and those that followed it. */
  readonly performing: Promise<void> | undefined;
}

/** Messages can be hidden for seven days at most. */
const DELAY_MAX_SECONDS = 7 * 86_400;

/**
 * Takes a call further: records what is new, sends the actions that follow from it, and sees to it that somebody looks
 * again when something is due. One per process: deliveries of one call that are in flight together commit together.
 *
 * Whoever commits claims the call's next action in the same transaction, and sends it. Sending never holds up the next
 * commit; what came of it is recorded the way of any event, and that commit claims the next action in turn.
 */
export class CallWorker {
  readonly #ports: WorkerPorts;
  readonly #mailboxes: CallMailboxes<Delivered>;

  constructor(ports: WorkerPorts) {
    this.#ports = ports;
    this.#mailboxes = new CallMailboxes((callKey, request) => this.#commit(callKey, request));
  }

  /**
   * Records what is new of a call. Resolves when it is recorded, the actions that follow from it are done or handed
   * over to the queue, and an alarm is set for the next timer: the message that brought it may then be deleted.
   *
   * @param request with at most 30 events.
   * @throws StorageError when something of that failed; doing all of it again is safe.
   */
  async record(callKey: string, request: CommitRequest): Promise<Committed> {
    const { committed, performing } = await this.#mailboxes.submit(callKey, request);
    await performing;
    // A worker that recorded the same before may have died with the rest undone.
    if (committed.duplicates > 0) await this.#handOver(committed.head, { alarm: true });
    return committed;
  }

  /** Does what has become due on a call with time alone. Harmless at any time. */
  async visit(callKey: string, rang?: EventTime): Promise<void> {
    const committed = await this.record(callKey, { events: [], ...(rang === undefined ? {} : { rang }) });
    // The alarm is left alone: whoever armed a timer put it, or is told again by its message to do so.
    await this.#handOver(committed.head, { alarm: false });
  }

  async #commit(callKey: string, request: CommitRequest): Promise<Delivered> {
    let performing: Promise<void> | undefined;
    const committed = await this.#ports.calls.commit(callKey, request, (head, claimed) => {
      // What is claimed is sent even where the index or the alarm fails: nobody else may send it.
      performing = this.#perform(head, claimed);
      // Whoever waits for it is told of a failure; until somebody does, it must not count as unhandled.
      performing.catch(() => undefined);
    });
    if (committed.alarmAt !== undefined) await this.#putAlarm(callKey, committed.alarmAt);
    return { committed, performing };
  }

  async #perform(head: CallHead, action: Action): Promise<void> {
    const { provider, clock, random, log } = this.#ports;
    const { callKey, dialect, wireId } = head.call;
    const { actionId, kind } = action;
    const delivery = head.deliveries[actionId];
    if (delivery?.firstSentAt == null) throw new RangeError('Only a claimed action can be sent.');
    const { firstSentAt, generation } = delivery;
    const request = {
      actionId,
      kind,
      arguments: action.arguments,
      callKey,
      dialect,
      wireId,
      firstSentAt,
      generation,
    };
    const result = await provider.perform(request);
    log(actionSent({ callKey, actionId, kind, result: result.kind, attempts: delivery.attempts }));

    const sent = {
      head,
      action,
      result,
      policy: provider.policyOf(kind),
      now: eventTimeOf(clock.now()),
      random: random(),
    };
    const { request: outcome, retryAt } = settle(sent);
    await this.record(callKey, outcome);
    if (retryAt !== undefined) await this.#putPoke(callKey, retryAt);
  }

  async #handOver(head: CallHead | undefined, { alarm }: { readonly alarm: boolean }): Promise<void> {
    if (head === undefined) return;
    const { callKey } = head.call;
    const until = waitsUntil(head);
    if (until !== null) await this.#putPoke(callKey, until);
    if (alarm && head.alarmAt !== null) await this.#putAlarm(callKey, head.alarmAt);
  }

  async #putPoke(callKey: string, at: EventTime): Promise<void> {
    await this.#ports.callActions.put(encodeCallMessage({ callKey }), { delaySeconds: this.#secondsTo(at) });
  }

  async #putAlarm(callKey: string, alarmAt: EventTime): Promise<void> {
    const delaySeconds = this.#secondsTo(alarmAt);
    await this.#ports.callAlarms.put(encodeCallMessage({ callKey, alarmAt }), { delaySeconds });
  }

  #secondsTo(at: EventTime): number {
    const seconds = Math.ceil((Date.parse(at) - this.#ports.clock.now()) / 1000);
    return Math.min(DELAY_MAX_SECONDS, Math.max(0, seconds));
  }
}
