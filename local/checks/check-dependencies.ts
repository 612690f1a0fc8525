import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { CheckResult } from './check-result.ts';

const REQUIRED = [
  '@azure/functions',
  '@azure/data-tables',
  '@azure/storage-queue',
  'azurite/dist/src/azurite.js',
  'croner',
  'esbuild',
];

/** Checks that what `npm ci` installs is there, esbuild's binary for this system and the Node of the project included. */
export function checkDependencies(appRoot: string): CheckResult[] {
  const resolver = createRequire(join(appRoot, 'package.json'));
  const isThere = (id: string) => canResolve(resolver, id);
  const missing = REQUIRED.filter(id => !isThere(id));
  if (missing.length > 0) {
    const names = missing.map(packageName).join(', ');
    return [{ level: 'fail', message: `Packages are missing: ${names}.`, fix: 'Run "npm ci".' }];
  }
  return [
    { level: 'ok', message: 'The npm packages are installed.' },
    checkEsbuildBinary(isThere),
    checkNodeBinary(appRoot),
  ];
}

function checkEsbuildBinary(isThere: (id: string) => boolean): CheckResult {
  if (isThere(`@esbuild/${process.platform}-${process.arch}/package.json`)) {
    return { level: 'ok', message: 'esbuild has its binary for this system.' };
  }
  return {
    level: 'fail',
    message: `esbuild has no binary for ${process.platform}-${process.arch}.`,
    fix: 'Run "npm ci" on this machine, without --omit=optional.',
  };
}

function checkNodeBinary(appRoot: string): CheckResult {
  const names = ['node', 'node.cmd', 'node.exe'];
  const found = names.some(name => existsSync(join(appRoot, 'node_modules', '.bin', name)));
  if (found) return { level: 'ok', message: 'npm scripts run on the Node that the project brings.' };
  return {
    level: 'ok',
    message: "npm scripts run on this machine's Node: the npm package node has no binary here.",
  };
}

function canResolve(resolver: NodeJS.Require, id: string): boolean {
  try {
    resolver.resolve(id);
    return true;
  } catch {
    return false;
  }
}

function packageName(id: string): string {
  return id
    .split('/')
    .slice(0, id.startsWith('@') ? 2 : 1)
    .join('/');
}
