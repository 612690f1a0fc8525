import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { FLOWS } from '../flows/registry.ts';
import { checkFiles } from '../shared/flows/checking/check-files.ts';
import { checkFlow } from '../shared/flows/checking/check-flow.ts';
import { checkVersions, type FlowVersion } from '../shared/flows/checking/check-versions.ts';
import type { Finding } from '../shared/flows/checking/finding.ts';
import { flowPage } from '../shared/flows/checking/flow-page.ts';
import type { Flow } from '../shared/flows/flow.ts';
import { flowReference } from './flow-reference.ts';

// `npm run flows:check` checks every flow, its diagram, its version and the reference · `npm run flows:draw` writes the
// diagrams and the reference · `npm run flows:release` notes every flow of the registry as released.

const ROOT = resolve(import.meta.dirname, '..');
const FOLDER = join(ROOT, 'flows');
const VERSIONS = join(FOLDER, 'versions.json');
const REFERENCE = join(ROOT, 'docs', 'flows-reference.md');
const command = process.argv[2] ?? 'check';

if (command === 'draw') await draw();
else if (command === 'release') await release();
else await check();

/** Whether every flow is in order. */
async function check(): Promise<boolean> {
  const startedAtMs = performance.now();
  const findings = await findAll();
  for (const { rule, where, message } of findings) console.error(`${where}: ${message} [${rule}]`);
  const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1);
  if (findings.length === 0) console.log(`${FLOWS.length} flows are in order (${seconds} s).`);
  else console.error(`${findings.length} faults in ${FLOWS.length} flows. See docs/flows.md.`);
  process.exitCode = findings.length === 0 ? 0 : 1;
  return findings.length === 0;
}

async function findAll(): Promise<readonly Finding[]> {
  const files = await checkFolder();
  // Without their files there is nothing to compare.
  if (files.some(({ rule }) => rule === 'noFile')) return files;
  return [
    ...files,
    ...FLOWS.flatMap(checkFlow),
    ...checkVersions(await currentVersions(), await releasedVersions()),
    ...(await checkPages()),
  ];
}

async function checkFolder(): Promise<readonly Finding[]> {
  const present = (await readdir(FOLDER)).filter(file => file.endsWith('.ts'));
  const flows = FLOWS.map(flow => ({ name: flow.name, file: `${fileStem(flow)}.ts` }));
  const used = new Set(['registry.ts']);
  for (const { file } of flows.filter(flow => present.includes(flow.file))) {
    for (const path of (await textsOf(join(FOLDER, file))).keys()) used.add(relative(FOLDER, path));
  }
  return checkFiles({ flows, present, used });
}

async function draw(): Promise<void> {
  for (const flow of FLOWS) await writeFile(pagePath(flow), flowPage(flow));
  await writeFile(REFERENCE, flowReference());
  console.log(`${FLOWS.length} flows are drawn, and the reference is written.`);
}

async function release(): Promise<void> {
  // What is released stays as it is: not with a fault.
  if (!(await check())) return;
  const released = await releasedVersions();
  const isKnown = ({ name, version }: FlowVersion) =>
    released.some(known => known.name === name && known.version === version);
  const added = (await currentVersions()).filter(flow => !isKnown(flow));
  await writeFile(VERSIONS, `${JSON.stringify([...released, ...added], null, 2)}\n`);
  console.log(added.length === 0 ? 'Nothing is new.' : added.map(nameOf).join(', '));
}

function nameOf({ name, version }: Pick<FlowVersion, 'name' | 'version'>): string {
  return `${name} in version ${version} counts as released.`;
}

async function checkPages(): Promise<Finding[]> {
  const pages = [
    ...FLOWS.map(flow => ({ path: pagePath(flow), text: flowPage(flow), where: flow.name })),
    { path: REFERENCE, text: flowReference(), where: 'the reference' },
  ];
  const findings: Finding[] = [];
  for (const { path, text, where } of pages) {
    if ((await readFile(path, 'utf8').catch(() => '')) === text) continue;
    const message = `${relative(ROOT, path)} is not what the code says. Run \`npm run flows:draw\`.`;
    findings.push({ rule: 'notDrawn', where, message });
  }
  return findings;
}

/** Of several versions of a flow each has its own page: `x.md`, `x.v1.md`, beside `x.ts`, `x.v1.ts`. */
function pagePath(flow: Flow): string {
  return join(FOLDER, `${fileStem(flow)}.md`);
}

function fileStem({ name, version }: Flow): string {
  const newest = Math.max(...FLOWS.filter(flow => flow.name === name).map(flow => flow.version));
  return version === newest ? name : `${name}.v${version}`;
}

async function currentVersions(): Promise<FlowVersion[]> {
  return Promise.all(
    FLOWS.map(async flow => {
      const { name, version } = flow;
      return { name, version, hash: await hashOf(join(FOLDER, `${fileStem(flow)}.ts`)) };
    }),
  );
}

async function releasedVersions(): Promise<FlowVersion[]> {
  return JSON.parse(await readFile(VERSIONS, 'utf8')) as FlowVersion[];
}

/** The file and what it imports from the folder of flows: what else it uses is the app, which flows outlive. */
async function textsOf(file: string): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  const queue = [file];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (texts.has(path)) continue;
    const text = (await readFile(path, 'utf8')).replaceAll('\r\n', '\n');
    texts.set(path, text);
    queue.push(...importsOf(text, path));
  }
  return texts;
}

async function hashOf(file: string): Promise<string> {
  const texts = await textsOf(file);
  const hash = createHash('sha256');
  const named = [...texts].map(([path, text]) => ({
    name: relative(dirname(file), path),
    text,
    isIt: path === file,
  }));
  // Under which name the file itself stands is no part of it: a newer version takes its name over.
  for (const { name, text, isIt } of named.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    hash.update(`${isIt ? '' : name}\n${text}\n`);
  }
  return hash.digest('base64url').slice(0, 22);
}

function importsOf(text: string, from: string): string[] {
  const named = [...text.matchAll(/from '(\.\.?\/[^']+)'/g)].map(([, path = '']) =>
    resolve(dirname(from), path),
  );
  return named.filter(path => path.startsWith(`${FOLDER}/`) || path.startsWith(`${FOLDER}\\`));
}
