import { odata, TableClient, type TableEntity, type TransactionAction } from '@azure/data-tables';
import type { AzureFailure } from './azure-failure.ts';
import { type AzureClientOptions, AzureRequests } from './azure-requests.ts';
import { assertCommitFits, assertQuery, PAGE_LIMIT_ROWS } from './row-limits.ts';
import { StorageError } from './storage-error.ts';
import type {
  CommitResult,
  KeyRange,
  RowPage,
  RowQuery,
  RowValue,
  RowValues,
  RowWrite,
  StoredRow,
  Table,
} from './table.ts';

const INT32_MAX = 2 ** 31 - 1;
const INT32_MIN = -(2 ** 31);

type TableClientOptions = NonNullable<ConstructorParameters<typeof TableClient>[2]>;
type PipelinePolicy = NonNullable<TableClientOptions['additionalPolicies']>[number]['policy'];

/**
 * Writes U+2028 and U+2029 as JSON escapes: Azurite takes the characters themselves for the end of a line of the
 * multipart body, and fails the transaction. They stand nowhere but in JSON strings.
 */
const escapeLineSeparators: PipelinePolicy = {
  name: 'escapeLineSeparators',
  sendRequest(request, next) {
    if (typeof request.body === 'string') {
      request.body = request.body.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
    }
    return next(request);
  },
};

/** A row as the SDK hands it over: system properties beside the values. */
type Entity = Readonly<Record<string, unknown>> & { readonly partitionKey: string; readonly rowKey: string };

/**
 * A table of Azure Table Storage.
 *
 * A commit of one write is one plain entity request; of several, one entity group transaction. A write that failed
 * without an answer and meets a conflict when it is sent again throws a transient StorageError: the conflict may be
 * with itself.
 */
export class AzureTable implements Table {
  readonly #client: TableClient;
  readonly #requests: AzureRequests;

  constructor(options: AzureClientOptions & { readonly tableName: string }) {
    const client = connect(options);
    this.#client = client;
    this.#requests = new AzureRequests(
      { missingCode: 'TableNotFound', create: abortSignal => client.createTable({ abortSignal }) },
      options,
    );
  }

  async get(partitionKey: string, rowKey: string): Promise<StoredRow | undefined> {
    return await this.#requests.run<StoredRow | undefined>({
      operation: `get ${partitionKey} ${rowKey}`,
      send: async abortSignal =>
        decodeRow(await this.#client.getEntity<Entity>(partitionKey, rowKey, { abortSignal })),
      expect: failure => (failure.status === 404 ? { value: undefined } : undefined),
    });
  }

  async commit(partitionKey: string, writes: readonly RowWrite[]): Promise<CommitResult> {
    assertCommitFits(partitionKey, writes);

    return await this.#requests.run<CommitResult>({
      operation: `commit ${writes.length} to ${partitionKey}`,
      send: async abortSignal => ({ ok: true, etags: await this.#send(partitionKey, writes, abortSignal) }),
      expect: (failure, retried) => {
        const conflict = readConflict(failure, writes.length);
        if (conflict !== undefined && retried) {
          throw new StorageError(`commit to ${partitionKey}: a repeated write met a conflict`, {
            transient: true,
            cause: failure.cause,
          });
        }
        return conflict === undefined ? undefined : { value: conflict };
      },
    });
  }

  async list(query: RowQuery): Promise<RowPage> {
    assertQuery(query);

    return await this.#requests.run<RowPage>({
      operation: 'list',
      send: async abortSignal => {
        const entities = this.#client.listEntities<Entity>({
          abortSignal,
          queryOptions: { filter: toFilter(query) },
        });
        const page = await entities
          .byPage({
            maxPageSize: query.limit ?? PAGE_LIMIT_ROWS,
            ...(query.cursor === undefined ? {} : { continuationToken: query.cursor }),
          })
          .next();
        if (page.done === true) {
          return { rows: [] };
        }
        // The SDK hangs the token on the array; its types leave it out.
        const { continuationToken: cursor } = page.value as { continuationToken?: string };
        return { rows: page.value.map(decodeRow), ...(cursor === undefined ? {} : { cursor }) };
      },
    });
  }

  async #send(
    partitionKey: string,
    writes: readonly RowWrite[],
    abortSignal: AbortSignal,
  ): Promise<string[]> {
    const [first] = writes;
    if (writes.length === 1 && first !== undefined) {
      return [await this.#sendOne(partitionKey, first, abortSignal)];
    }
    const actions = writes.map(write => toAction(partitionKey, write));
    const answer = await this.#client.submitTransaction(actions, { abortSignal });
    return writes.map((write, index) =>
      write.kind === 'delete' ? '' : requireEtag(answer.subResponses[index]?.etag),
    );
  }

  async #sendOne(partitionKey: string, write: RowWrite, abortSignal: AbortSignal): Promise<string> {
    const entity = encodeRow(partitionKey, write);
    switch (write.kind) {
      case 'create':
        return requireEtag((await this.#client.createEntity(entity, { abortSignal })).etag);
      case 'replace': {
        const options = { abortSignal, etag: write.etag };
        return requireEtag((await this.#client.updateEntity(entity, 'Replace', options)).etag);
      }
      case 'upsert':
        return requireEtag((await this.#client.upsertEntity(entity, 'Replace', { abortSignal })).etag);
      case 'merge':
        return requireEtag((await this.#client.upsertEntity(entity, 'Merge', { abortSignal })).etag);
      case 'delete':
        await this.#client.deleteEntity(partitionKey, write.rowKey, { abortSignal });
        return '';
    }
  }
}

function toAction(partitionKey: string, write: RowWrite): TransactionAction {
  const entity = encodeRow(partitionKey, write);
  switch (write.kind) {
    case 'create':
      return ['create', entity];
    case 'replace':
      return ['update', entity, 'Replace', { etag: write.etag }];
    case 'upsert':
      return ['upsert', entity, 'Replace'];
    case 'merge':
      return ['upsert', entity, 'Merge'];
    case 'delete':
      return ['delete', entity];
  }
}

function requireEtag(etag: string | undefined): string {
  if (etag === undefined) {
    throw new StorageError('the answer to a write names no ETag', { transient: true });
  }
  return etag;
}

/** A failed transaction names the write in its text: `1:The specified entity already exists.` */
function readConflict(failure: AzureFailure, writeCount: number): CommitResult | undefined {
  const kind = readConflictKind(failure);
  if (kind === undefined) {
    return undefined;
  }
  const named = /^(\d+):/.exec(failure.message)?.[1];
  if (named === undefined && writeCount > 1) {
    return undefined;
  }
  return { ok: false, conflict: kind, index: writeCount === 1 ? 0 : Number(named) };
}

function readConflictKind(failure: AzureFailure): 'exists' | 'changed' | 'absent' | undefined {
  if (failure.status === 404) {
    return 'absent';
  }
  if (failure.status === 412) {
    return 'changed';
  }
  return failure.status === 409 && failure.code === 'EntityAlreadyExists' ? 'exists' : undefined;
}

function encodeRow(partitionKey: string, write: RowWrite): TableEntity {
  const entity: TableEntity = { partitionKey, rowKey: write.rowKey };
  if (write.kind !== 'delete') {
    for (const [name, value] of Object.entries(write.values)) {
      entity[name] = encodeValue(value);
    }
  }
  return entity;
}

/**
 * Says the type of what the service would take for something else, or the SDK would garble: a JSON number without a
 * fraction is an Int32 for the service, whatever its size; of a view into a larger buffer the SDK sends the whole.
 */
function encodeValue(value: RowValue): unknown {
  if (typeof value === 'number' && Number.isInteger(value) && (value > INT32_MAX || value < INT32_MIN)) {
    return { type: 'Double', value };
  }
  return value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : value;
}

function decodeRow(entity: Entity): StoredRow {
  const values: Record<string, RowValue> = {};
  for (const [name, value] of Object.entries(entity)) {
    if (!isSystemProperty(name) && value !== null) {
      values[name] = decodeValue(value);
    }
  }
  return {
    partitionKey: entity.partitionKey,
    rowKey: entity.rowKey,
    etag: String(entity['etag']),
    values: values satisfies RowValues,
  };
}

function isSystemProperty(name: string): boolean {
  return (
    name === 'partitionKey' ||
    name === 'rowKey' ||
    name === 'etag' ||
    name === 'timestamp' ||
    name.startsWith('odata.')
  );
}

function connect(options: AzureClientOptions & { readonly tableName: string }): TableClient {
  const { tableName } = options;
  const common: TableClientOptions = {
    retryOptions: { maxRetries: 0 },
    additionalPolicies: [{ position: 'perCall', policy: escapeLineSeparators }],
  };
  if ('credential' in options) {
    return new TableClient(options.tableServiceUri, tableName, options.credential, common);
  }
  // The connection string says whether it is http: Azurite's is.
  return TableClient.fromConnectionString(options.connectionString, tableName, {
    ...common,
    allowInsecureConnection: true,
  });
}

/** Takes in the types that other tools write, too: an edited row is no reason to fail. */
function decodeValue(value: unknown): RowValue {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return value;
  }
  if (value instanceof Uint8Array) {
    // The SDK's Buffer is a view into a pool that others share.
    return new Uint8Array(value);
  }
  if (typeof value === 'bigint') {
    return Number(value);
  }
  return value instanceof Date ? value.toISOString() : JSON.stringify(value);
}

function toFilter(query: RowQuery): string {
  const { partition, rows } = query;
  const filter =
    typeof partition === 'string'
      ? odata`PartitionKey eq ${partition}`
      : toRangeFilter('PartitionKey', partition);
  return rows === undefined ? filter : `${filter} and ${toRangeFilter('RowKey', rows)}`;
}

function toRangeFilter(name: 'PartitionKey' | 'RowKey', range: KeyRange): string {
  return `${name} ge ${odata`'${range.from}'`} and ${name} lt ${odata`'${range.to}'`}`;
}
