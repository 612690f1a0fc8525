import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Scenario } from './scenario.ts';
import { invariantOf } from './shrink.ts';

/** A scenario that once failed, and must not any more. */
export interface SimulationFixture {
  /** What it broke when it was found. */
  readonly broke: string;
  readonly scenario: Scenario;
}

const FOLDER = new URL('../fixtures/simulation/', import.meta.url);

/** The committed fixtures, by name. */
export function fixtureFiles(): string[] {
  return readdirSync(FOLDER)
    .filter(name => name.endsWith('.json'))
    .sort();
}

/**
 * Reads a fixture from the fixtures' folder, or from wherever a path leads.
 *
 * @throws where there is none, and for a file that is something else.
 */
export function readFixture(nameOrPath: string): SimulationFixture {
  const place = nameOrPath.includes('/') ? nameOrPath : new URL(nameOrPath, FOLDER);
  const read = JSON.parse(readFileSync(place, 'utf8')) as Partial<SimulationFixture> | null;
  const { broke, scenario } = read ?? {};
  if (broke === undefined || scenario?.deliveries === undefined) throw new TypeError('it holds no scenario');
  return { broke, scenario };
}

/**
 * Writes a failing scenario as a fixture; returns its path from the root of the repository.
 *
 * @param name tells it from others that break the same.
 */
export function writeFixture(
  scenario: Scenario,
  violations: readonly string[],
  name = String(scenario.seed),
): string {
  const [broke = ''] = violations;
  const file = `${invariantOf(broke).toLowerCase()}-${name}.json`;
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(new URL(file, FOLDER), `${JSON.stringify({ broke, scenario }, null, 2)}\n`);
  return `test/fixtures/simulation/${file}`;
}
