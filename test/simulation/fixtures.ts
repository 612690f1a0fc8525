import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { readJsonFile } from '../../local/read-json-file.ts';
import type { Scenario } from './scenario.ts';
import { scenarioSchema } from './scenario-schema.ts';
import { invariantOf } from './shrink.ts';

/** A scenario that once failed, and must not any more. */
export interface SimulationFixture {
  /** What it broke when it was found. */
  readonly broke: string;
  readonly scenario: Scenario;
}

const FOLDER = new URL('../fixtures/simulation/', import.meta.url);

const schema = z.object({ broke: z.string(), scenario: scenarioSchema });

const HINT =
  'A fixture is what npm run simulate writes to test/fixtures/simulation/ when a history breaks an invariant.';

/** The committed fixtures, by name. */
export function fixtureFiles(): string[] {
  return readdirSync(FOLDER)
    .filter(name => name.endsWith('.json'))
    .sort();
}

/**
 * Reads a fixture from the fixtures' folder, or from wherever a path leads.
 *
 * @throws InputError where there is none, and for a file that is something else, or lacks a part.
 */
export async function readFixture(nameOrPath: string): Promise<SimulationFixture> {
  const path = nameOrPath.includes('/') ? nameOrPath : fileURLToPath(new URL(nameOrPath, FOLDER));
  return (await readJsonFile(path, { schema, hint: HINT })) as SimulationFixture;
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
