import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ROUTES } from '../shared/http/openapi-routes.ts';
import { findFaults } from './docs/find-faults.ts';
import { settingsPage } from './docs/settings-page.ts';

// `npm run docs:check`: whether what the documents refer to is there, and whether docs/settings.md is what the schema of the
// settings says. `npm run docs:generate` writes the latter.

const ROOT = resolve(import.meta.dirname, '..');
const SETTINGS = 'docs/settings.md';

function documents(): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return listed.split('\n').filter(path => path !== '' && existsSync(join(ROOT, path)));
}

function read(path: string): string | undefined {
  return path.endsWith('.md') ? readFileSync(join(ROOT, path), 'utf8') : undefined;
}

function routes(): string[] {
  return ROUTES.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
}

const { values } = parseArgs({ options: { generate: { type: 'boolean', default: false } } });
const settings = settingsPage();
if (values.generate) writeFileSync(join(ROOT, SETTINGS), settings);

const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: object };
const targets = { root: ROOT, scripts: new Set(Object.keys(scripts)), routes: routes(), text: read };
const paths = documents();
const faults = paths.flatMap(path => findFaults(path, targets));
if (read(SETTINGS) !== settings) faults.push(`${SETTINGS} is out of date: npm run docs:generate`);
for (const fault of faults) console.error(fault);
console.log(`${paths.length} documents, ${faults.length} faults.`);
process.exitCode = faults.length === 0 ? 0 : 1;
