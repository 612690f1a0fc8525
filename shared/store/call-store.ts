import type { CallEvent } from '../domain/call-event.ts';
import { participantsOf } from '../domain/stays.ts';
import { type CallHead, decodeHead } from './call-head.ts';
import type { CallIndex, IndexFacts } from './call-index.ts';
import { type CachedHead, HeadCache } from './head-cache.ts';
import { decodeJournalEntry, type JournalEntry } from './journal-row.ts';
import { HEAD_ROW, JOURNAL_ROWS, journalRow } from './keys.ts';
import { type CommitPlan, headWrite, participantWrite, planCommit, ROWS_PER_COMMIT } from './plan-commit.ts';
import { StorageError } from './storage-error.ts';
import type { Table } from './table.ts';

/** How often one batch is tried against other writers of its call before the queue is to try it again. */
const ATTEMPTS_MAX = 12;

/** What a commit did, for logs and counts. */
export interface Committed {
  readonly head: CallHead;
  /** Events that were given, of all deliveries that were committed together. */
  readonly events: number;
  /** Events that were in the journal already. */
  readonly duplicates: number;
  /** Events that name another call than the one that this key is bound to; they were not recorded. */
  readonly foreign: readonly CallEvent[];
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
  readonly #pause: (attempt: number) => Promise<void>;

  /**
   * @param options.pause waits a moment before the given attempt, so that writers who met once do not meet again.
   */
  constructor(
    table: Table,
    index: CallIndex,
    options: { readonly pause: (attempt: number) => Promise<void>; readonly cache?: HeadCache },
  ) {
    this.#table = table;
    this.#index = index;
    this.#pause = options.pause;
    this.#cache = options.cache ?? new HeadCache();
  }

  /**
   * What is known about a call, as stored at this moment; undefined for one that is not known. The cache is left alone:
   * an answer that a commit overtook would take the place of what that commit wrote.
   */
  async load(callKey: string): Promise<CallHead | undefined> {
    const row = await this.#table.get(callKey, HEAD_ROW);
    return row === undefined ? undefined : decodeHead(row);
  }

  /** The events of a call in the order in which they were applied. */
  async journal(callKey: string): Promise<JournalEntry[]> {
    const entries: JournalEntry[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.#table.list({
        partition: callKey,
        rows: JOURNAL_ROWS,
        ...(cursor === undefined ? {} : { cursor }),
      });
      entries.push(...page.rows.map(decodeJournalEntry));
      cursor = page.cursor;
    } while (cursor !== undefined);
    return entries.sort((a, b) => a.number - b.number);
  }

  /**
   * Records events of one call: each once, however often they are given. Resolves when the state, the journal, the
   * participants and the index hold them.
   *
   * @param events at most 30; the caller splits more.
   * @throws StorageError transient when storage failed or other writers kept being first, permanent when the call has
   *   outgrown its row. Whether anything was recorded is then unknown, and trying again is safe.
   */
  async commit(callKey: string, events: readonly CallEvent[]): Promise<Committed> {
    let fresh = withoutRepeats(events);
    let isRedelivery = false;
    let cached = this.#cache.get(callKey) ?? (await this.#read(callKey));
    for (let conflicts = 0; ; ) {
      const { own, foreign } = splitForeign(cached?.head.call.wireId ?? null, fresh);
      const duplicates = events.length - own.length - foreign.length;
      if (own.length === 0)
        return {
          head: await this.#repair(callKey, cached),
          events: events.length,
          duplicates,
          foreign,
          conflicts,
        };

      const plan = planCommit(callKey, cached, own);
      const result = await this.#table.commit(callKey, plan.writes);
      if (result.ok) {
        const known = { cached, isRedelivery };
        return {
          head: await this.#finishPlan(plan, etagOf(result.etags), known),
          events: events.length,
          duplicates,
          foreign,
          conflicts,
        };
      }
      conflicts += 1;
      if (conflicts >= ATTEMPTS_MAX) {
        throw new StorageError('Other writers of this call kept being first.', { transient: true });
      }
      if (result.index === 0) {
        await this.#pause(conflicts);
        cached = await this.#read(callKey);
      } else {
        isRedelivery = true;
        fresh = await this.#withoutRecorded(callKey, fresh);
      }
    }
  }

  async #read(callKey: string): Promise<CachedHead | undefined> {
    const row = await this.#table.get(callKey, HEAD_ROW);
    if (row === undefined) {
      this.#cache.drop(callKey);
      return undefined;
    }
    const cached = { etag: row.etag, head: decodeHead(row), indexed: false };
    this.#cache.set(callKey, cached);
    return cached;
  }

  async #withoutRecorded(callKey: string, events: readonly CallEvent[]): Promise<CallEvent[]> {
    const rows = await Promise.all(
      events.map(event => this.#table.get(callKey, journalRow(event.fingerprint))),
    );
    return events.filter((_, index) => rows[index] === undefined);
  }

  /** All events were recorded before, perhaps by a worker that did not live to do the rest. */
  async #repair(callKey: string, cached: CachedHead | undefined): Promise<CallHead> {
    if (cached === undefined) {
      throw new StorageError(`Call ${callKey} has a journal but no head.`, { transient: false });
    }
    if (cached.indexed && !cached.head.projectionPending) return cached.head;
    return this.#finish({ ...cached, indexed: true }, allFacts(cached.head));
  }

  /** Whoever recorded redelivered events may not have lived to merge what they had made true: then all is merged. */
  #finishPlan(
    { head, facts }: CommitPlan,
    etag: string,
    { cached, isRedelivery }: { readonly cached: CachedHead | undefined; readonly isRedelivery: boolean },
  ): Promise<CallHead> {
    const indexed = cached?.indexed ?? true;
    return this.#finish(
      { etag, head, indexed: indexed || isRedelivery },
      isRedelivery && !indexed ? allFacts(head) : facts,
    );
  }

  /** Does what follows a commit; only then is the head remembered as known to the index. */
  async #finish(written: CachedHead, facts: IndexFacts): Promise<CallHead> {
    const { callKey } = written.head.call;
    this.#cache.set(callKey, { ...written, indexed: false });
    const projected = written.head.projectionPending ? await this.#project(written) : written;
    if (facts.opened || facts.bound || facts.ended) await this.#index.merge(projected.head, facts);
    this.#cache.set(callKey, projected);
    return projected.head;
  }

  /**
   * Writes the participants of a call that are too many for one transaction. Every part renews the head under its
   * ETag, so that a part of an older state can never overwrite a newer one; the last part takes the mark away.
   */
  async #project(cached: CachedHead): Promise<CachedHead> {
    const { callKey } = cached.head.call;
    const writes = participantsOf(cached.head.call).map(participantWrite);
    let current = cached;
    for (let from = 0; from < writes.length; from += ROWS_PER_COMMIT - 1) {
      const part = writes.slice(from, from + ROWS_PER_COMMIT - 1);
      const head = { ...current.head, projectionPending: from + part.length < writes.length };
      const result = await this.#table.commit(callKey, [headWrite(head, current.etag), ...part]);
      if (!result.ok) {
        this.#cache.drop(callKey);
        throw new StorageError('Another writer changed the call while its participants were written.', {
          transient: true,
        });
      }
      current = { ...current, etag: etagOf(result.etags), head };
      this.#cache.set(callKey, { ...current, indexed: false });
    }
    return current;
  }
}

/** All that the index is to know of a call, whatever of it may be there already. */
function allFacts({ call }: CallHead): IndexFacts {
  return { opened: true, bound: true, ended: call.endedAt !== null };
}

function withoutRepeats(events: readonly CallEvent[]): CallEvent[] {
  return [...new Map(events.map(event => [event.fingerprint, event])).values()];
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
