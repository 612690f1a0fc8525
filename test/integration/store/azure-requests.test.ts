import { afterEach, describe, expect, it } from 'vitest';
import { AzureQueue } from '../../../shared/queues/azure-queue.ts';
import { AzureTable } from '../../../shared/store/azure-table.ts';
import { StorageError } from '../../../shared/store/storage-error.ts';
import {
  type ScriptedAnswer,
  type ScriptedServer,
  startScriptedServer,
} from '../../support/scripted-server.ts';

const busy: ScriptedAnswer = { status: 503, headers: { 'x-ms-error-code': 'ServerBusy' } };
const created: ScriptedAnswer = { status: 204, headers: { etag: 'W/"1"' } };
const exists = tableAnswer(409, 'EntityAlreadyExists');

let server: ScriptedServer | undefined;

afterEach(async () => {
  await server?.close();
});

describe('AzureRequests', () => {
  it.each([
    { name: 'the service is busy', answer: busy },
    { name: 'the service fails', answer: { status: 500 } },
    { name: 'the connection drops', answer: 'drop the connection' as const },
  ])('sends a request again, three times in all, when $name', async ({ answer }) => {
    const { table, sent } = await makeTable([answer, answer, created]);

    expect(await createRow(table)).toEqual({ ok: true, etags: ['W/"1"'] });
    expect(sent()).toBe(3);
    expect(server?.requests).toHaveLength(3);
  });

  it('gives up after three tries with a transient error', async () => {
    const { table, sent } = await makeTable([busy]);

    const error = await failure(createRow(table));

    expect(error.transient).toBe(true);
    expect(error.message).toContain('503 ServerBusy');
    expect(sent()).toBe(3);
    expect(server?.requests).toHaveLength(3);
  });

  it('leaves a long wait that the service asks for to the caller', async () => {
    const { table } = await makeTable([{ ...busy, headers: { 'retry-after': '60' } }]);

    expect(await failure(table.get('p', 'r'))).toMatchObject({ transient: true, retryAfterMs: 60_000 });
    expect(server?.requests).toHaveLength(1);
  });

  it('bounds a request that nobody answers', async () => {
    const { table } = await makeTable(['say nothing'], { requestTimeoutMs: 100, tries: 2 });

    expect(await failure(createRow(table))).toMatchObject({ transient: true });
    expect(server?.requests).toHaveLength(2);
  });

  it('reports a refused connection as transient', async () => {
    const { table } = await makeTable([created], { tries: 1 });
    await server?.close();

    expect(await failure(table.get('p', 'r'))).toMatchObject({ transient: true });
  });

  it.each([
    { name: 'access is denied', answer: tableAnswer(403, 'AuthorizationFailure') },
    { name: 'the request is wrong', answer: tableAnswer(400, 'InvalidInput') },
    { name: 'a conflict is not one of rows', answer: tableAnswer(409, 'SomethingElse') },
  ])('does not repeat a request when $name', async ({ answer }) => {
    const { table } = await makeTable([answer]);

    expect(await failure(createRow(table))).toMatchObject({ transient: false });
    expect(server?.requests).toHaveLength(1);
  });
});

describe('AzureTable', () => {
  it('reports a conflict when the first try meets it', async () => {
    const { table } = await makeTable([exists]);

    expect(await createRow(table)).toEqual({ ok: false, conflict: 'exists', index: 0 });
  });

  it('leaves it open when a repeated write meets a conflict, perhaps with itself', async () => {
    const { table } = await makeTable(['drop the connection', exists]);

    expect(await failure(createRow(table))).toMatchObject({ transient: true });
  });

  it('is transient while a table of its name is being deleted', async () => {
    const { table } = await makeTable([
      tableAnswer(404, 'TableNotFound'),
      tableAnswer(409, 'TableBeingDeleted'),
    ]);

    expect(await failure(createRow(table))).toMatchObject({ transient: true });
    expect(server?.requests).toHaveLength(2);
  });
});

describe('AzureQueue', () => {
  it('sends a request again, three times in all, then gives up with a transient error', async () => {
    server = await startScriptedServer([busy]);
    let sent = 0;
    const queue = new AzureQueue({ ...server, queueName: 'queue', onRequest: () => sent++ });

    expect(await failure(queue.put('text'))).toMatchObject({ transient: true });
    expect(sent).toBe(3);
    expect(server.requests).toHaveLength(3);
  });

  it('bounds a request that nobody answers', async () => {
    server = await startScriptedServer(['say nothing']);
    const queue = new AzureQueue({ ...server, queueName: 'queue', requestTimeoutMs: 100, tries: 1 });

    expect(await failure(queue.receive(1, 30))).toMatchObject({ transient: true });
  });
});

async function makeTable(
  script: readonly ScriptedAnswer[],
  options: { readonly requestTimeoutMs?: number; readonly tries?: number } = {},
): Promise<{ readonly table: AzureTable; sent(): number }> {
  server = await startScriptedServer(script);
  const { connectionString } = server;
  let sent = 0;
  const table = new AzureTable({ connectionString, tableName: 'table', onRequest: () => sent++, ...options });
  return { table, sent: () => sent };
}

function createRow(table: AzureTable): ReturnType<AzureTable['commit']> {
  return table.commit('p', [{ kind: 'create', rowKey: 'r', values: {} }]);
}

async function failure(promise: Promise<unknown>): Promise<StorageError> {
  const error = await promise.catch((thrown: unknown) => thrown);
  if (error instanceof StorageError) {
    return error;
  }
  throw new TypeError('not refused with a StorageError', { cause: error });
}

function tableAnswer(status: number, code: string): ScriptedAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      'odata.error': { code, message: { lang: 'en-US', value: `${code}\nRequestId:1` } },
    }),
  };
}
