import { randomUUID } from 'node:crypto';
import { describe, inject } from 'vitest';
import { AzureTable } from '../../../shared/store/azure-table.ts';
import { linesConformance } from '../../support/conformance/lines-conformance.ts';

describe('Lines, on Azure Table Storage', () => {
  linesConformance(
    () =>
      new AzureTable({
        connectionString: inject('storageConnectionString'),
        tableName: `t${randomUUID().replaceAll('-', '')}`,
      }),
  );
});
