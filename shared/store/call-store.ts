import type { Action, NotDone } from '../domain/action.ts';
import { endOf } from '../domain/call.ts';
import type { CallEvent } from '../domain/call-event.ts';
import type { EventTime } from '../domain/event-time.ts';
import { type CallHead, decodeHead } from './call-head.ts';
import type { CallIndex, IndexFacts } from './call-index.ts';
import {
  type CommitPlan,
  type CommitRequest,
  headWrite,
  partsBeside,
  projectedWrites,
} from './commit-plan.ts';
import { type CachedHead, HeadCache } from './head-cache.ts';
import { decodeJournalEntry, type JournalEntry } from './journal-row.ts';
import { HEAD_ROW, JOURNAL_ROWS, journalRow } from './keys.ts';
import { StorageError } from './storage-error.ts';
import type { CommitResult, Table } from './table.ts';
import { erasedAtOf } from './tombstone.ts';

/** How often one batch is tried against other writers of its call before the queue is to try it again. */
const ATTEMPTS_MAX = 12;

/**
 * Plans the transaction that records a request; undefined when there is nothing to record. Called anew for every
 * attempt, with what is known of the call by then.
 */
export type Planner = (
  callKey: string,
  before: CachedHead | undefined,
  request: CommitRequest,
) => CommitPlan | undefined;

/** Told how far a commit is, before it resolves. */
export interface CommitHooks {
  /**
   * The commit is made, and has claimed an action, whatever becomes of the index: the one who is told must see to it that
   * the action is sent, and nobody else may until the claim counts as abandoned.
   */
  readonly onClaimed?: (head: CallHead, action: Action) => void;
  /** Nothing but the index is to be written: another commit of the call will not meet this one. Not told of one that fails. */
  readonly onRecorded?: () => void;
}

type Attempt =
  | {
      readonly ok: true;
      /** Events that were not in the journal before. */
      readonly recorded: number;
      readonly done: Omit<Committed, 'events' | 'duplicates' | 'dropped' | 'conflicts'>;
    }
  /** `unseen`: there is nothing to do by a head that another process may have changed since. */
  | { readonly ok: false; readonly conflict: 'head' | 'journal' | 'unseen' };

/** What is left of a call that was erased: nothing more is recorded of it. */
const ERASED = 'erased';

/** What a commit did. */
export interface Committed {
  /** Undefined for a call that is not known, of which nothing was to be recorded either. */
  readonly head: CallHead | undefined;
  /** The call was not known before. */
  readonly opened: boolean;
  /** The action that the caller must send now, and nobody else may. */
  readonly claimed: Action | undefined;
  /** Actions of which it has been recorded that they are skipped, that they failed, or that their outcome is unknown. */
  readonly notDone: readonly NotDone[];
  /** The alarm that the caller must put into the queue. */
  readonly alarmAt: EventTime | undefined;
  /** The call ended with this commit. */
  readonly ended: boolean;
  /** Events that were given, of all deliveries that were committed together. */
  readonly events: number;
  /** Events that were in the journal already. */
  readonly duplicates: number;
  /** Events that name another call than the one that this key is bound to; they were not recorded. */
  readonly foreign: readonly CallEvent[];
  /** Events of a call that was erased; they were not recorded, and never will be. */
  readonly dropped: number;
  /** How often another writer was first. */
  readonly conflicts: number;
}

/**
 * The calls: one partition each, with a head row, a journal and participants.
 *
 * Everything that is known about a call changes here, in one transaction a batch that either records all of it or
 * nothing: the ETag of the head keeps two writers apart, and the journal row of an event, which can be created only
 * once, keeps an event from counting twice.
 */
export class CallStore {
  readonly #table: Table;
  readonly #index: CallIndex;
  readonly #cache: HeadCache;
  readonly #plan: Planner;
  readonly #pause: (attempt: number) => Promise<void>;
  readonly #loadFlows: (() => Promise<void>) | undefined;

  /**
   * @param options.loadFlows is awaited before a call that a flow runs is planned.
   * @param options.pause waits a moment before the given attempt, so that writers who met once do not meet again.
   */
  constructor(
    table: Table,
    index: CallIndex,
    options: {
      readonly plan: Planner;
      readonly pause: (attempt: number) => Promise<void>;
      readonly loadFlows?: () => Promise<void>;
      readonly cache?: HeadCache;
    },
  ) {
    this.#table = table;
    this.#index = index;
    this.#plan = options.plan;
    this.#pause = options.pause;
    this.#loadFlows = options.loadFlows;
    this.#cache = options.cache ?? new HeadCache();
  }

  /** What is known about a call, as stored at this moment; undefined for one that is not known, or erased. */
  async load(callKey: string): Promise<CallHead | undefined> {
    const row = await this.#table.get(callKey, HEAD_ROW);
    return row === undefined || erasedAtOf(row) !== undefined ? undefined : decodeHead(row);
  }

  /** The events of a call in the order in which they were applied. */
  async journal(callKey: string): Promise<JournalEntry[]> {
    const entries: JournalEntry[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.#table.list({
        partition: callKey,
        rows: JOURNAL_ROWS,
        cursor,
      });
      entries.push(...page.rows.map(decodeJournalEntry));
      cursor = page.cursor;
    } while (cursor !== undefined);
    return entries.sort((a, b) => a.number - b.number);
  }

  /**
   * Records what is new of one call: each event once, however often it is given. Resolves when the state, the journal,
   * the projections and the index hold it.
   *
   * @throws StorageError transient when storage failed or other writers kept being first, permanent when the call has
   *   outgrown its row. Whether anything was recorded is then unknown, and trying again is safe.
   */
  async commit(callKey: string, request: CommitRequest, hooks: CommitHooks = {}): Promise<Committed> {
    let fresh = withoutRepeats(request.events);
    let cached: CachedHead | typeof ERASED | undefined = this.#cache.get(callKey);
    // Of a head in the cache a write shows whether it is still the one that is stored; to do nothing by it takes a read.
    let isProven = cached === undefined;
    cached ??= await this.#read(callKey);
    for (let conflicts = 0; conflicts < ATTEMPTS_MAX; ) {
      const events = request.events.length;
      if (cached === ERASED) return { ...NOTHING_DONE, events, duplicates: 0, dropped: events, conflicts };
      const hadDuplicates = fresh.length < events;
      const attempt = await this.#attempt(callKey, cached, {
        ...request,
        events: fresh,
        hadDuplicates,
        isProven,
        hooks,
      });
      if (attempt.ok) {
        const duplicates = events - attempt.recorded;
        return { ...attempt.done, events, duplicates, dropped: 0, conflicts };
      }
      isProven = true;
      if (attempt.conflict === 'unseen') {
        cached = await this.#read(callKey);
        continue;
      }
      conflicts += 1;
      if (attempt.conflict === 'journal') {
        fresh = await this.#withoutRecorded(callKey, fresh);
      } else {
        await this.#pause(conflicts);
        cached = await this.#read(callKey);
      }
    }
    throw new StorageError('Other writers of this call kept being first.', { transient: true });
  }

  async #attempt(
    callKey: string,
    cached: CachedHead | undefined,
    request: CommitRequest & {
      readonly hadDuplicates: boolean;
      readonly isProven: boolean;
      readonly hooks: CommitHooks;
    },
  ): Promise<Attempt> {
    const { hooks } = request;
    const { own, foreign } = splitForeign(cached?.head.call.wireId ?? null, request.events);
    if (isRunByFlow(cached, own)) await this.#loadFlows?.();
    const plan = this.#plan(callKey, cached, { ...request, events: own });
    const recorded = own.length + foreign.length;
    if (plan === undefined) {
      if (!request.isProven) return { ok: false, conflict: 'unseen' };
      const head = await this.#repair(cached, hooks);
      return { ok: true, recorded, done: { ...NOTHING_DONE, head, foreign } };
    }
    const result = await this.#write(callKey, plan);
    if (!result.ok) return { ok: false, conflict: result.index === 0 ? 'head' : 'journal' };
    if (plan.claimed !== undefined) hooks.onClaimed?.(plan.head, plan.claimed);
    const repairs = request.hadDuplicates && cached?.index.isComplete === false;
    const index = cached === undefined || repairs ? { isComplete: true } : cached.index;
    const written = { etag: etagOf(result.etags), head: plan.head, index };
    const head = await this.#finish(written, hooks, repairs ? allFacts(plan.head) : plan.facts);
    const { claimed, notDone, alarmAt, facts } = plan;
    const { opened, ended } = facts;
    const done = { head, opened, foreign, claimed, notDone, alarmAt, ended };
    return { ok: true, recorded, done };
  }

  /** A write without an answer may have been made: the head then bears its name. */
  async #write(callKey: string, plan: CommitPlan): Promise<CommitResult> {
    try {
      return await this.#table.commit(callKey, plan.writes);
    } catch (error) {
      const isUnclear = error instanceof StorageError && error.transient;
      const now = isUnclear ? await this.#read(callKey) : undefined;
      const isOurs = now !== undefined && now !== ERASED && now.head.commitId === plan.head.commitId;
      if (isOurs) return { ok: true, etags: [now.etag] };
      throw error;
    }
  }

  async #read(callKey: string): Promise<CachedHead | typeof ERASED | undefined> {
    const row = await this.#table.get(callKey, HEAD_ROW);
    if (row === undefined || erasedAtOf(row) !== undefined) {
      this.#cache.drop(callKey);
      return row === undefined ? undefined : ERASED;
    }
    const known = this.#cache.get(callKey);
    if (known?.etag === row.etag) return known;
    const cached = { etag: row.etag, head: decodeHead(row), index: { isComplete: false } };
    this.#cache.set(callKey, cached);
    return cached;
  }

  async #withoutRecorded(callKey: string, events: readonly CallEvent[]): Promise<CallEvent[]> {
    const rows = await Promise.all(
      events.map(event => this.#table.get(callKey, journalRow(event.fingerprint))),
    );
    return events.filter((_, index) => rows[index] === undefined);
  }

  /**
   * There was nothing to record, so a worker before may have done so and not lived to finish. One that this process
   * knows to be finished costs nothing.
   */
  async #repair(cached: CachedHead | undefined, hooks: CommitHooks): Promise<CallHead | undefined> {
    if (cached === undefined || (cached.index.isComplete && !cached.head.projectionPending))
      return cached?.head;
    return this.#finish({ ...cached, index: { isComplete: true } }, hooks, allFacts(cached.head));
  }

  /**
   * Does what follows a commit. A head counts as known to the index while that is being told of it: whoever brought what is
   * told waits for it, and comes again when it fails.
   */
  async #finish(written: CachedHead, hooks: CommitHooks, facts: IndexFacts): Promise<CallHead> {
    this.#cache.set(written.head.call.callKey, written);
    try {
      const { head } = written.head.projectionPending ? await this.#project(written) : written;
      hooks.onRecorded?.();
      if (Object.values(facts).includes(true)) await this.#index.merge(head, facts);
      return head;
    } catch (error) {
      // By now there may be a newer head, which is no better known to the index.
      written.index.isComplete = false;
      throw error;
    }
  }

  /**
   * Writes all that is projected of a call, which was too much for the transaction that changed it. Every part renews
   * the head under its ETag, so that a part of an older state can never overwrite a newer one; the last part takes the
   * mark away.
   */
  async #project(cached: CachedHead): Promise<CachedHead> {
    const { callKey } = cached.head.call;
    const parts = partsBeside(headWrite(cached.head, cached.etag), callKey, projectedWrites(cached.head));
    let current = cached;
    for (const [place, part] of parts.entries()) {
      const head = { ...current.head, projectionPending: place < parts.length - 1 };
      const result = await this.#table.commit(callKey, [headWrite(head, current.etag), ...part]);
      if (!result.ok) {
        this.#cache.drop(callKey);
        throw new StorageError('Another writer changed the call while its rows were written.', {
          transient: true,
        });
      }
      current = { ...current, etag: etagOf(result.etags), head };
      this.#cache.set(callKey, current);
    }
    return current;
  }
}

const NOTHING_DONE = {
  head: undefined,
  opened: false,
  foreign: [],
  claimed: undefined,
  notDone: [],
  alarmAt: undefined,
  ended: false,
} as const;

function withoutRepeats(events: readonly CallEvent[]): CallEvent[] {
  return [...new Map(events.map(event => [event.fingerprint, event])).values()];
}

function allFacts({ call }: CallHead): IndexFacts {
  return { dated: true, opened: true, bound: true, ended: endOf(call) !== null };
}

/** The first wire id on a call binds it; an event that names another belongs to another call. */
function splitForeign(wireId: string | null, events: readonly CallEvent[]) {
  const bound = wireId ?? events.find(event => event.wireId !== null)?.wireId ?? null;
  const isOwn = (event: CallEvent) => event.wireId === null || event.wireId === bound;
  return { own: events.filter(isOwn), foreign: events.filter(event => !isOwn(event)) };
}

function etagOf(etags: readonly string[]): string {
  const etag = etags[0];
  if (etag === undefined)
    throw new StorageError('Storage gave no ETag for the head row.', { transient: false });
  return etag;
}

function isRunByFlow(cached: CachedHead | undefined, events: readonly CallEvent[]): boolean {
  // Of a head that was written before there were flows it is undefined.
  const flow = cached?.head.call.flow ?? null;
  return flow !== null || events.some(event => event.type === 'call.requested' && event.flow !== null);
}
