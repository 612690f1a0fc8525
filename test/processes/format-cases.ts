import type { CaseResult } from './run-case.ts';

const COLUMNS = [
  'order',
  'workers',
  'kills',
  'deliveries',
  'wrong state / journal / fold / actions / index',
  'actions done / unknown / skipped',
  'sent / carried out / unclear',
  'conflicts',
  'commits',
  'requests',
  's',
];

/** The runs as a Markdown table. What killed workers did in their last moment is in no count: those have a `≥`. */
export function formatCases(results: readonly CaseResult[]): string {
  const rows = [COLUMNS, ...results.map(toRow)];
  const widths = COLUMNS.map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0)));
  const lines = rows.map(
    row => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`,
  );
  const rule = `|${widths.map(width => '-'.repeat(width + 2)).join('|')}|`;
  return [lines[0], rule, ...lines.slice(1)].join('\n');
}

function toRow(result: CaseResult): string[] {
  const { options, wrongs, actionStates, totals } = result;
  const counted = (count: number) => `${options.kills > 0 ? '≥ ' : ''}${count}`;
  const { state, journal, fold, actions, index } = wrongs;
  const { done = 0, unknown = 0, skipped = 0 } = actionStates;
  return [
    options.order,
    String(options.workers),
    String(options.kills),
    String(result.deliveries),
    [state, journal, fold, actions, index].map(({ length }) => length).join(' / '),
    [done, unknown, skipped].join(' / '),
    [result.sends, result.executed, result.unclearAnswers].join(' / '),
    `${counted(totals.conflicts)} (${(totals.conflicts / result.deliveries).toFixed(2)})`,
    counted(totals.commits),
    counted(totals.requests),
    result.seconds.toFixed(1),
  ];
}
