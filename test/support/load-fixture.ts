import { readdirSync, readFileSync } from 'node:fs';

const FIXTURES = new URL('../fixtures/', import.meta.url);

/** The content of a JSON file below `test/fixtures`; each call gives a copy of its own. */
export function loadFixture(path: string): unknown {
  return JSON.parse(readFileSync(new URL(path, FIXTURES), 'utf8'));
}

/** The JSON files directly in a folder below `test/fixtures`, by name. */
export function fixtureNames(folder: string): string[] {
  return readdirSync(new URL(`${folder}/`, FIXTURES))
    .filter(name => name.endsWith('.json'))
    .sort();
}
