import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { BICEP_VERSION, findBicep } from './infra/find-bicep.ts';
import { type AllowedFinding, judgeFindings, readFindings } from './infra/findings.ts';

// `npm run lint:infra`: lints infra/ and holds the resources that it predicts against the committed snapshot, without
// Azure. `-- --update` writes the snapshot. Where Bicep cannot be had it says so, and fails only under REQUIRE_BICEP=1.

const MAIN = 'infra/main.bicep';
const SNAPSHOT = 'infra/snapshot/main.bicepparam';
/** The snapshot has names that are made from these. */
const SCOPE = [
  ...['--subscription-id', '00000000-0000-0000-0000-000000000001'],
  ...['--tenant-id', '00000000-0000-0000-0000-000000000002'],
  ...['--location', 'koreacentral'],
];

/** Findings that are as they should be. None are. */
const ALLOWED: readonly AllowedFinding[] = [];

function lint(bicep: string, file: string): number {
  const run = spawnSync(bicep, ['lint', file, '--diagnostics-format', 'sarif'], { encoding: 'utf8' });
  const { refused, unused } = judgeFindings(readFindings(run.stdout), ALLOWED);
  for (const { rule, file: where, line, text } of refused) console.error(`${where}:${line} ${rule} ${text}`);
  for (const { rule, file: where } of unused) console.error(`${where} ${rule} is allowed, and not found.`);
  console.log(`${file}: ${refused.length} findings that are not allowed.`);
  return refused.length + unused.length;
}

function compareSnapshot(bicep: string, mode: 'validate' | 'overwrite'): number {
  const run = spawnSync(bicep, ['snapshot', SNAPSHOT, '--mode', mode, ...SCOPE], { encoding: 'utf8' });
  if (run.status === 0) {
    console.log(`The snapshot of the resources is ${mode === 'validate' ? 'as predicted' : 'written'}.`);
    return 0;
  }
  console.error(run.stdout, run.stderr);
  console.error('The resources differ from the snapshot. If they should: npm run lint:infra -- --update');
  return 1;
}

const { values } = parseArgs({ options: { update: { type: 'boolean', default: false } } });
const found = findBicep();
if (found.path === undefined) {
  console.log(`infra: not run, since Bicep is not to be had: ${found.reason}.`);
  process.exitCode = process.env['REQUIRE_BICEP'] === '1' ? 1 : 0;
} else {
  const isPinned = found.version === BICEP_VERSION;
  console.log(`Bicep ${found.version}${isPinned ? '' : `; the snapshot was made with ${BICEP_VERSION}`}.`);
  const faults = lint(found.path, MAIN) + lint(found.path, SNAPSHOT);
  const differences = compareSnapshot(found.path, values.update ? 'overwrite' : 'validate');
  process.exitCode = faults + differences === 0 ? 0 : 1;
}
