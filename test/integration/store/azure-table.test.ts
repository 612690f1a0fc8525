import { randomUUID } from 'node:crypto';
import { describe, expect, inject, it } from 'vitest';
import { AzureTable } from '../../../shared/store/azure-table.ts';
import { tableConformance } from '../../support/conformance/table-conformance.ts';

function makeTable(onRequest?: () => void): AzureTable {
  return new AzureTable({
    connectionString: inject('storageConnectionString'),
    tableName: `t${randomUUID().replaceAll('-', '')}`,
    onRequest,
  });
}

describe('AzureTable', () => {
  tableConformance(() => makeTable());

  it('sends one request for a commit, a get and a page', async () => {
    let requests = 0;
    const table = makeTable(() => requests++);
    await table.get('p', 'r');
    expect(requests).toBe(3);

    await table.commit('p', [{ kind: 'create', rowKey: 'a', values: {} }]);
    await table.commit('p', [
      { kind: 'create', rowKey: 'b', values: {} },
      { kind: 'delete', rowKey: 'a' },
    ]);
    await table.get('p', 'a');
    await table.list({ partition: 'p' });

    expect(requests).toBe(7);
  });
});
