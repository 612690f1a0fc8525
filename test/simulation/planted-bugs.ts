import type { Provider } from '../../shared/actions/provider.ts';
import type { EventQueue } from '../../shared/queues/spread-queue.ts';
import { CallIndex } from '../../shared/store/call-index.ts';
import { CallStore, type Committed } from '../../shared/store/call-store.ts';
import type { CommitResult, RowWrite, Table } from '../../shared/store/table.ts';
import type { ProcessPorts } from './compose-process.ts';
import type { Plant } from './world.ts';

/**
 * Mistakes that the simulator must find, each planted around the app: in a port, or in the place of a collaborator. What
 * cannot be planted so is a patch of the source; see `source-patches.ts`.
 */
export const PLANTED_BUGS = {
  'message deleted before the commit': { deletesFirst: true },

  'no dedupe': {
    ports: withCalls(table => rewriting(table, write => (isJournal(write) ? asUpsert(write) : write))),
  },

  'no ETag': {
    ports: withCalls(table =>
      rewriting(table, write => (write.kind === 'replace' ? asUpsert(write) : write)),
    ),
  },

  '412 taken for a duplicate': {
    ports: withCalls(table => ({
      ...bound(table),
      async commit(partitionKey, writes): Promise<CommitResult> {
        const result = await table.commit(partitionKey, writes);
        const isStale = !result.ok && result.index === 0;
        return isStale ? { ok: true, etags: writes.map(() => 'stale') } : result;
      },
    })),
  },

  'no sweeper': { isSweepless: true },

  'effect id from the delivery': {
    ports: (ports, world) => ({
      ...ports,
      decider: {
        get version() {
          return `${ports.decider.version}-${world.appRandom.next()}`;
        },
        decide: (call, signal) => ports.decider.decide(call, signal),
      },
    }),
  },

  'random request id': {
    ports: (ports, world) => ({
      ...ports,
      provider: performing(ports.provider, request =>
        ports.provider.perform({ ...request, generation: world.appRandom.below(1_000_000) }),
      ),
    }),
  },

  'acknowledged before the put': {
    ports: ports => {
      const { received } = ports.queues;
      const put: EventQueue['put'] = async (text, options) => {
        received.put(text, options).catch(() => undefined);
      };
      return { ...ports, queues: { ...ports.queues, received: { ...boundQueue(received), put } } };
    },
  },

  'non-repeatable sent again': {
    ports: ports => ({ ...ports, provider: { ...ports.provider, policyOf: () => 'atLeastOnce' } }),
  },

  'marked done before sending': {
    ports: ports => ({
      ...ports,
      provider: performing(ports.provider, async request => {
        void ports.provider.perform(request);
        return { kind: 'done' };
      }),
    }),
  },

  'effects forgotten on the duplicate path': {
    // With a sweep, or where the host hides a message for ten minutes, something else does what was forgotten.
    profile: 'unswept',
    callStore: class extends CallStore {
      override async commit(...given: Parameters<CallStore['commit']>): Promise<Committed> {
        return { ...(await super.commit(...given)), duplicates: 0 };
      }
    },
  },

  'generation bumped on unknown': {
    ports: ports => ({
      ...ports,
      provider: performing(ports.provider, async request => {
        const result = await ports.provider.perform(request);
        return result.kind === 'unclear' ? { kind: 'notNow', reason: result.reason } : result;
      }),
    }),
  },

  'index merged with a refinable column': {
    callIndex: class extends CallIndex {
      override merge(...[head, facts]: Parameters<CallIndex['merge']>): Promise<void> {
        // A call's beginning can be refined: its first place in the index is taken for the last.
        return super.merge(head, { ...facts, dated: facts.opened });
      }
    },
  },

  'key of a request not remembered': {
    ports: ports => {
      const { keys } = ports.tables;
      const forgetful: Table = {
        ...rewriting(keys, write => (write.kind === 'create' ? asUpsert(write) : write)),
        get: async (...given) => {
          await keys.get(...given);
          return undefined;
        },
      };
      return { ...ports, tables: { ...ports.tables, keys: forgetful } };
    },
  },

  'erased without a tombstone': {
    profile: 'retention',
    ports: ports => {
      const { retention } = ports.tables;
      const calls = rewriting(retention.calls, ({ rowKey }) => ({ kind: 'delete', rowKey }));
      return { ...ports, tables: { ...ports.tables, retention: { ...retention, calls } } };
    },
  },
} as const satisfies Record<string, Plant>;

function withCalls(wrap: (table: Table) => Table): (ports: ProcessPorts) => ProcessPorts {
  return ports => ({ ...ports, tables: { ...ports.tables, calls: wrap(ports.tables.calls) } });
}

function rewriting(table: Table, rewrite: (write: RowWrite) => RowWrite): Table {
  return {
    ...bound(table),
    commit: (partitionKey, writes) => table.commit(partitionKey, writes.map(rewrite)),
  };
}

function isJournal({ kind, rowKey }: RowWrite): boolean {
  return kind === 'create' && rowKey.startsWith('j~');
}

function asUpsert(write: RowWrite): RowWrite {
  return write.kind === 'delete' ? write : { kind: 'upsert', rowKey: write.rowKey, values: write.values };
}

function performing(provider: Provider, perform: Provider['perform']): Provider {
  return { ...provider, perform };
}

function bound(table: Table): Table {
  return {
    get: (...given) => table.get(...given),
    commit: (...given) => table.commit(...given),
    list: query => table.list(query),
  };
}

function boundQueue(queue: EventQueue): EventQueue {
  return {
    put: (...given) => queue.put(...given),
    oldestInsertedAt: () => queue.oldestInsertedAt(),
  };
}
