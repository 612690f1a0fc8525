import { toDraft } from '../../shared/actions/vocabulary/action-draft.ts';
import { eventTimeOf } from '../../shared/clock.ts';
import type { ActionKind } from '../../shared/domain/action.ts';
import { endOf } from '../../shared/domain/call.ts';
import type { CallEvent, EventPayload } from '../../shared/domain/call-event.ts';
import { hash22 } from '../../shared/ids/hash22.ts';
import { sweepLines } from '../../shared/processing/sweep-lines.ts';
import type { Instance, MemoryWorld } from './memory-world.ts';

/** Calls from one number, each with a key of its own, in a world whose ACS names a call after its key. */
export class PacedCalls {
  readonly world: MemoryWorld;
  /** What calls are asked for with, beside the usual. */
  members: { readonly to?: string[]; readonly callerId?: string | undefined } = {};

  constructor(world: MemoryWorld) {
    this.world = world;
    world.provider.answer = ({ kind, callKey }) => ({
      kind: 'done',
      ...(kind === 'placeCall' && { wireId: `leg-${callKey}` }),
    });
  }

  /** Asks for a call; resolves when it is placed, or waits for a line. */
  async request(instance: Instance, callKey: string): Promise<void> {
    this.world.clock.nowMs += 1;
    const action = toDraft({
      kind: 'placeCall',
      to: ['4:+14255550142'],
      from: '8:acs:a',
      callerId: '4:+18335550100',
      modalities: ['audio'],
      events: [],
      ...this.members,
    });
    const payload: EventPayload = {
      type: 'call.requested',
      actionId: `place-${callKey}`,
      action,
      flow: null,
    };
    await instance.worker.record(callKey, { events: [this.#event(payload, null)] });
  }

  /** Asks for another action on it. */
  async ask(instance: Instance, callKey: string, kind: ActionKind): Promise<void> {
    const payload: EventPayload = {
      type: 'action.requested',
      actionId: `${kind}-${callKey}`,
      action: { kind, arguments: {} },
    };
    await instance.worker.record(callKey, { events: [this.#event(payload, null)] });
  }

  /** The end of a call, as ACS tells it; the same however often. */
  endOf(callKey: string): CallEvent {
    const payload: EventPayload = {
      type: 'call.disconnected',
      conversationId: null,
      wasConnected: true,
      reason: null,
    };
    return { ...this.#event(payload, `leg-${callKey}`), fingerprint: `end-${callKey}` };
  }

  async end(instance: Instance, callKey: string): Promise<void> {
    await instance.worker.record(callKey, { events: [this.endOf(callKey)] });
  }

  /** What the sweep does about lines. */
  async sweep(instance: Instance): Promise<void> {
    await sweepLines({ ...instance, clock: this.world.clock }, undefined);
  }

  /** The calls that ACS was asked to place, in order. */
  get placed(): readonly string[] {
    return this.world.provider.sent.filter(({ kind }) => kind === 'placeCall').map(({ callKey }) => callKey);
  }

  /** Those that ACS placed, and that are not known to have ended. */
  async out(instance: Instance): Promise<readonly string[]> {
    const keys = [...new Set(this.placed)];
    const heads = await Promise.all(keys.map(callKey => instance.calls.load(callKey)));
    return keys.filter((_, index) => heads[index] !== undefined && endOf(heads[index].call) === null);
  }

  /** How many are on a line of any number, and how many wait for one. */
  async lines(): Promise<{ readonly held: number; readonly waiting: number }> {
    const { rows } = await this.world.tables.index.list({ partition: { from: 'line~', to: 'line~~' } });
    const held = rows.filter(({ rowKey, values }) => rowKey.startsWith('s~') && values['callKey'] !== '');
    return { held: held.length, waiting: rows.filter(({ rowKey }) => rowKey.startsWith('w~')).length };
  }

  #event(payload: EventPayload, wireId: string | null): CallEvent {
    const at = eventTimeOf(this.world.clock.nowMs);
    const fingerprint = hash22(JSON.stringify([at, wireId, payload]));
    return { fingerprint, at, receivedAt: at, dialect: 'preview-2021-04', wireId, ...payload };
  }
}
