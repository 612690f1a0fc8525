import { describe } from 'vitest';
import { MemoryTable } from '../../../shared/store/memory-table.ts';
import { linesConformance } from '../../support/conformance/lines-conformance.ts';

describe('Lines, on a table in memory', () => {
  linesConformance(() => new MemoryTable());
});
