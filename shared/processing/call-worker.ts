import { waitsUntil } from '../actions/claims.ts';
import type { ActionRequest, ActionResult, Provider } from '../actions/provider.ts';
import { type Clock, eventTimeOf } from '../clock.ts';
import type { Action } from '../domain/action.ts';
import { endOf } from '../domain/call.ts';
import type { EventTime } from '../domain/event-time.ts';
import { redialled } from '../flows/dial-again.ts';
import { MissingFlowError } from '../flows/missing-flow.ts';
import { encodeCallMessage } from '../queues/call-message.ts';
import type { Queue } from '../queues/queue.ts';
import type { CallHead } from '../store/call-head.ts';
import type { CallStore, Committed } from '../store/call-store.ts';
import type { CommitRequest } from '../store/commit-plan.ts';
import { StorageError } from '../store/storage-error.ts';
import type { Log } from '../telemetry/log-event.ts';
import {
  actionDelayed,
  actionFailed,
  actionSent,
  actionSkipped,
  actionUnknown,
  lineAwaited,
} from '../telemetry/log-events.ts';
import { noTelemetry, type Telemetry } from '../telemetry/telemetry.ts';
import { CallMailboxes } from './call-mailboxes.ts';
import { ownEvent } from './overdue.ts';
import { Pacing, type PacingPorts } from './pacing.ts';
import { settle, withoutLine } from './settle.ts';

export interface WorkerPorts extends PacingPorts {
  readonly calls: CallStore;
  readonly provider: Provider;
  readonly callAlarms: Queue;
  readonly clock: Clock;
  /** From 0 up to, not including, 1. */
  readonly random: () => number;
  readonly log: Log;
  readonly telemetry?: Telemetry | undefined;
}

interface Delivered {
  readonly committed: Committed;
  /** Resolves when all that follows from the commit is done or handed over. */
  readonly following: Promise<void>;
}

/** What becomes of an action that is not carried out, in the log. */
const TOLD_OF = { skipped: actionSkipped, unknown: actionUnknown, failed: actionFailed } as const;

/** By this send, a quarter of a minute to a whole one after the first, it is no hiccup any more. */
const DELAYED_ATTEMPTS = 6;

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
  readonly #pacing: Pacing;
  readonly #mailboxes: CallMailboxes<Delivered>;

  constructor(ports: WorkerPorts) {
    this.#ports = ports;
    this.#pacing = new Pacing(ports);
    this.#mailboxes = new CallMailboxes((callKey, request, onRecorded) =>
      this.#commit(callKey, request, onRecorded),
    );
  }

  /**
   * Records what is new of a call. Resolves when it is recorded, the actions that follow from it are done or handed
   * over to the queue, and an alarm is set for the next timer: the message that brought it may then be deleted.
   *
   * @param request with at most 30 events.
   * @throws StorageError when something of that failed; doing all of it again is safe.
   */
  async record(callKey: string, request: CommitRequest): Promise<Committed> {
    const { committed, following } = await this.#mailboxes.submit(callKey, request);
    await following;
    return committed;
  }

  /**
   * Does what has become due on a call with time alone. Harmless at any time.
   *
   * @param options.rang the time for which the alarm was put that leads here.
   * @param options.hasLine the call waited for a line of its number, and is on one.
   * @param options.isRepeated somebody who was led here before may have died on the way: then the alarm for the next
   *   timer is put again. Otherwise it is left alone, since whoever armed the timer put it.
   */
  async visit(
    callKey: string,
    {
      rang,
      hasLine = false,
      isRepeated = false,
    }: {
      readonly rang?: EventTime | undefined;
      readonly hasLine?: boolean | undefined;
      readonly isRepeated?: boolean;
    } = {},
  ): Promise<void> {
    const request = { events: [], hasLine, ...(rang === undefined ? {} : { rang: [rang] }) };
    const { head, claimed, ended } = await this.record(callKey, request);
    if (head === undefined) return;
    // Whoever recorded the end may have died before, and a line may be handed to a call that is over.
    if (endOf(head.call) !== null && !ended) await this.#pacing.releaseLine(head);
    await this.#putNextPoke(head, claimed);
    if (isRepeated && head.alarmAt !== null) await this.#putAlarm(callKey, head.alarmAt);
  }

  async #commit(callKey: string, request: CommitRequest, onRecorded: () => void): Promise<Delivered> {
    let performing: Promise<void> | undefined;
    const onClaimed = (head: CallHead, claimed: Action) => {
      // At once, and whatever becomes of the index: nobody else may send what is claimed.
      performing = this.#perform(head, claimed);
      performing.catch(() => undefined);
    };
    const committed = await this.#ports.calls.commit(callKey, request, { onClaimed, onRecorded });
    this.#tell(request, committed);
    for (const { actionId, kind, state } of committed.notDone) {
      this.#ports.log(TOLD_OF[state]({ callKey, actionId, kind }));
    }
    const following = this.#follow(committed, performing);
    // Whoever waits for it is told of a failure; until somebody does, it must not count as unhandled.
    following.catch(() => undefined);
    return { committed, following };
  }

  #tell({ events }: CommitRequest, { head, opened, duplicates, conflicts }: Committed): void {
    const { telemetry = noTelemetry } = this.#ports;
    const first = events[0];
    if (opened && head !== undefined && first !== undefined)
      telemetry.callOpened(head.call.callKey, first.receivedAt);
    if (duplicates > 0) telemetry.measure({ metric: 'ringback.events.duplicate', value: duplicates });
    if (conflicts > 0) telemetry.measure({ metric: 'ringback.commit.conflicts', value: conflicts });
  }

  /** What one part of it fails at, it does not keep the others from: a claimed action is sent by nobody else. */
  async #follow(
    { head, claimed, alarmAt, duplicates, ended }: Committed,
    performing: Promise<void> | undefined,
  ): Promise<void> {
    if (head === undefined) return;
    // A worker that recorded the same before may have died with the rest undone.
    const isRepair = duplicates > 0;
    const alarm = isRepair ? head.alarmAt : alarmAt;
    const parts: Promise<void>[] = [];
    if (alarm != null) parts.push(this.#putAlarm(head.call.callKey, alarm));
    if (ended || (isRepair && endOf(head.call) !== null)) parts.push(this.#pacing.releaseLine(head));
    // Whoever sends an action looks after what comes after it, but not after one that a dead worker was sending.
    if (performing !== undefined) parts.push(performing);
    if (isRepair) parts.push(this.#putNextPoke(head, claimed));
    if (parts.length === 0) return;
    const failed = (await Promise.allSettled(parts)).find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
  }

  async #perform(head: CallHead, action: Action): Promise<void> {
    const { provider, clock, random, log } = this.#ports;
    const { callKey, dialect, wireId } = head.call;
    const { actionId, kind } = action;
    const delivery = head.deliveries[actionId];
    if (delivery?.firstSentAt == null) throw new RangeError('Only a claimed action can be sent.');
    const { firstSentAt, generation, callbackUri = null } = delivery;
    const request = {
      actionId,
      kind,
      arguments: action.arguments,
      callKey,
      dialect,
      wireId,
      callbackUri,
      firstSentAt,
      generation,
    };
    const refusal = await this.#pacing.takeLine(head, action);
    if (refusal === 'none free') return this.#waitForLine(head, action);
    const result = refusal ?? (await this.#sent(head, action, request));
    const { attempts } = delivery;
    log(actionSent({ callKey, actionId, kind, result: result.kind, attempts }));

    const sent = {
      head,
      action,
      result,
      policy: provider.policyOf(kind, dialect),
      now: eventTimeOf(clock.now()),
      random: random(),
    };
    const { request: outcome, retryAt } = settle(sent);
    if (retryAt !== undefined && attempts >= DELAYED_ATTEMPTS)
      log(actionDelayed({ callKey, actionId, kind, attempts }));
    await this.record(callKey, outcome);
    if (retryAt !== undefined) await this.#putPoke(callKey, retryAt);
  }

  /** To dial again is done by the app itself; all else is asked of ACS. */
  #sent(head: CallHead, action: Action, request: ActionRequest): Promise<ActionResult> {
    return action.kind === 'dialAgain'
      ? this.#dialAgain(head, action)
      : this.#ports.provider.perform(request);
  }

  /** Begins the next call; done again, it is the same call. */
  async #dialAgain({ call: { dialect } }: CallHead, action: Action): Promise<ActionResult> {
    const { callKey, payload } = redialled(action);
    const event = ownEvent(dialect, eventTimeOf(this.#ports.clock.now()), 'requested', payload);
    try {
      await this.record(callKey, { events: [event] });
      return { kind: 'done' };
    } catch (error) {
      if (error instanceof MissingFlowError) return { kind: 'refused', reason: error.message };
      if (error instanceof StorageError) return { kind: 'unclear', reason: 'the call could not be recorded' };
      throw error;
    }
  }

  /** Gives the action back first, and only then waits: so whoever hands the call a line finds it waiting. */
  async #waitForLine(head: CallHead, action: Action): Promise<void> {
    const { clock, log } = this.#ports;
    const { callKey } = head.call;
    await this.record(callKey, withoutLine(head, action, eventTimeOf(clock.now())));
    log(lineAwaited({ callKey, actionId: action.actionId }));
    await this.#pacing.waitForLine(head);
  }

  /**
   * Sees to it that somebody looks when the next action may be sent, or counts as abandoned.
   *
   * @param claimed what this process sends itself, and looks after.
   */
  async #putNextPoke(head: CallHead, claimed: Action | undefined): Promise<void> {
    const until = waitsUntil(head, claimed);
    if (until !== null) await this.#putPoke(head.call.callKey, until);
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
