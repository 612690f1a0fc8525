import { type DemoRow, progressOf } from './demo-row.ts';

const HEADINGS = ['to', 'who', 'flow', 'call', 'flow is', 'result'] as const;

/** The rows as a table, a line each, under a line of headings. */
export function formatTable(rows: readonly DemoRow[]): string[] {
  const cells = [HEADINGS, ...rows.map(cellsOf)];
  const widths = HEADINGS.map((_, column) => Math.max(...cells.map(row => row[column]?.length ?? 0)));
  return cells.map(row =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** One row in one line: for output that is no terminal. */
export function formatRow(row: DemoRow): string {
  const [state, flow, result] = progressOf(row);
  const told = [state, flow, result].filter(text => text !== '');
  return `${row.flow} → ${row.who} (${row.does}): ${told.join(', ')}`;
}

/** How many calls of each flow came to what. */
export function formatSummary(rows: readonly DemoRow[]): string[] {
  const flows = Map.groupBy(rows, ({ flow }) => flow);
  const width = Math.max(...[...flows.keys()].map(name => name.length));
  return [...flows].map(([flow, ofFlow]) => {
    const outcomes = Map.groupBy(ofFlow, outcomeOf);
    const counts = [...outcomes].map(([outcome, { length }]) => `${length} ${outcome}`);
    return `${flow.padEnd(width)}  ${counts.join(', ')}`;
  });
}

function outcomeOf(row: DemoRow): string {
  const [state, , result] = progressOf({ ...row, attempt: 1 });
  const isAnswered = row.call?.outcome === 'answered';
  return isAnswered && result !== '' ? result : state;
}

function cellsOf(row: DemoRow): readonly string[] {
  const [state, flow, result] = progressOf(row);
  return [row.who, row.does, row.flow, state, flow, result];
}
