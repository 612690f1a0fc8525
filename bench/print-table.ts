import { median } from './percentile.ts';
import type { Bar, Reading } from './reading.ts';

/** The readings as a Markdown table, aligned for a terminal. */
export function formatTable(readings: readonly Reading[]): string {
  const rows = [['measure', 'value', 'bar', ''], ...readings.map(toRow)];
  const widths = [0, 1, 2, 3].map(column => Math.max(...rows.map(row => row[column]?.length ?? 0)));
  const lines = rows.map(
    row => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`,
  );
  const rule = `|${widths.map(width => '-'.repeat(width + 2)).join('|')}|`;
  return [lines[0], rule, ...lines.slice(1)].join('\n');
}

function toRow({ name, runs, unit, bar }: Reading): string[] {
  const value = median(runs);
  return [
    name,
    `${formatNumber(value)}${unit === '' ? '' : ` ${unit}`}`,
    formatBar(bar),
    verdict(value, bar),
  ];
}

/** Three digits are as many as repeat from run to run. */
function formatNumber(value: number): string {
  if (value === 0 || Math.abs(value) >= 100) return String(Math.round(value));
  return value.toFixed(value >= 10 ? 1 : 2);
}

function formatBar(bar: Bar | undefined): string {
  if (bar === undefined) return '';
  return 'atMost' in bar ? `≤ ${bar.atMost}` : `≥ ${bar.atLeast}`;
}

function verdict(value: number, bar: Bar | undefined): string {
  if (bar === undefined) return '—';
  const met = 'atMost' in bar ? value <= bar.atMost : value >= bar.atLeast;
  return met ? 'ok' : 'missed';
}
