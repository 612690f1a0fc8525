import type { HostFunction } from '../host/function-catalog.ts';

/** Writes one line per way to run a function: method and address, queue, or schedule. */
export function describeFunctions(functions: readonly HostFunction[], baseUrl: string): string[] {
  const rows = functions.map(candidate => describeTrigger(candidate, baseUrl));
  const widths = [0, 1].map(column => Math.max(...rows.map(row => row[column]?.length ?? 0)));
  return rows.map(row => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
}

function describeTrigger(candidate: HostFunction, baseUrl: string): [string, string, string] {
  switch (candidate.kind) {
    case 'http':
      return [candidate.methods.join(','), `${baseUrl}/${candidate.route}`, candidate.name];
    case 'queue':
      return ['queue', candidate.queueName, candidate.name];
    case 'timer':
      return ['timer', nextRun(candidate.schedule.next(new Date())), candidate.name];
  }
}

function nextRun(next: Date | undefined): string {
  return next === undefined ? 'never' : `next at ${next.toISOString().slice(0, 19)}Z`;
}
