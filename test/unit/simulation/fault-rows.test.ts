import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { countRows } from '../../simulation/fault-rows.ts';

const PAGE = readFileSync(new URL('../../../docs/reliability.md', import.meta.url), 'utf8');
const SIMULATED = countRows({}).map(({ row }) => row.id);

/** The ids in the first column of the table with this heading: `A1, A3` are two, and `E1–E5` five. */
function idsBelow(heading: string): string[] {
  const table = PAGE.split(heading)[1]?.split('\n\n')[0] ?? '';
  const cells = table.split('\n').map(line => /^\| ([A-Z]\d[^|]*?) \|/.exec(line)?.[1] ?? '');
  return cells.flatMap(cell => (cell === '' ? [] : cell.split(', ').flatMap(idsOf)));
}

function idsOf(text: string): string[] {
  const [, letter = '', from, to] = /^([A-Z])(\d+)–[A-Z](\d+)$/.exec(text) ?? [];
  if (from === undefined || to === undefined) return [text];
  return Array.from(
    { length: Number(to) - Number(from) + 1 },
    (_, index) => `${letter}${Number(from) + index}`,
  );
}

describe('the fault table', () => {
  it.each([
    ['of what can go wrong', '| id | step | before | after |'],
    ['of the tests', '| rows | tests |'],
  ])('%s has each row that a history can meet, once', (_, heading) => {
    expect(idsBelow(heading).toSorted()).toEqual(SIMULATED.toSorted());
  });
});
