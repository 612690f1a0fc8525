import { describe } from 'vitest';
import { MemoryTable } from '../../../shared/store/memory-table.ts';
import { tableConformance } from '../../support/conformance/table-conformance.ts';

describe('MemoryTable', () => {
  tableConformance(() => new MemoryTable());
});
