import type { Audit } from './audit.ts';

/** What came of a rehearsal, in lines for people. */
export function formatAudit({ calls, emulator, parked, faults }: Audit): string {
  const placings = countBy(calls.map(({ actions }) => actions[0]?.state ?? 'none'));
  const outcomes = countBy(calls.map(({ outcome }) => outcome ?? 'open'));
  const rings = Object.values(emulator.ringsByNumber);
  const most = Math.max(0, ...Object.values(emulator.mostCallsAtOnce));
  return [
    `calls             ${calls.length}`,
    `placing           ${formatCounts(placings)}`,
    `outcomes          ${formatCounts(outcomes)}`,
    `numbers rung      ${rings.length}, of them more than once ${rings.filter(count => count > 1).length}`,
    `requests          ${formatCounts(emulator.requests)}; carried out ${formatCounts(emulator.executed)}`,
    `faults met        ${formatCounts(emulator.faults)}`,
    `callbacks         ${formatCounts(emulator.callbacks)}`,
    `calls at once     ${most} from one number at most`,
    `parked            ${parked}`,
    ...faults.map(fault => `WRONG: ${fault}`),
    faults.length === 0 ? 'Nothing is wrong.' : `${faults.length} things are wrong.`,
  ].join('\n');
}

function countBy(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

function formatCounts(counts: Readonly<Record<string, number>>): string {
  const parts = Object.entries(counts).sort(([, a], [, b]) => b - a);
  return parts.length === 0 ? 'none' : parts.map(([name, count]) => `${count} ${name}`).join(', ');
}
