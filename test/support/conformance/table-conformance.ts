import { describe } from 'vitest';
import type { Table } from '../../../shared/store/table.ts';
import { concurrency } from './table-concurrency.ts';
import { listing } from './table-listing.ts';
import { limits, storedValues } from './table-values.ts';
import { severalWrites, singleWrites } from './table-writes.ts';

/**
 * What every implementation of Table must do; `makeTable` makes an empty table, at best one that does not exist yet.
 */
export function tableConformance(makeTable: () => Table): void {
  describe('single writes', () => singleWrites(makeTable));
  describe('commits of several writes', () => severalWrites(makeTable));
  describe('values', () => storedValues(makeTable));
  describe('limits', () => limits(makeTable));
  describe('list', () => listing(makeTable));
  describe('concurrency', () => concurrency(makeTable));
}
