import { runCommand, UsageError } from './command-line.ts';
import { describeReplay } from './replay/describe-replay.ts';
import { loadCallFile } from './replay/load-call-file.ts';

// `npm run replay -- <callKey | ACS id | file>`: what a call went through, step by step, out of its journal.

const USAGE = `Usage: npm run replay -- <callKey | ACS id | file>
Exit code: 0 when it ends in what is stored, 1 when it differs, 2 when it cannot be read.`;

process.exitCode = await runCommand({
  usage: USAGE,
  options: {},
  positionalsMax: 1,
  async run({ positionals: [callOrFile] }) {
    if (!callOrFile) throw new UsageError('Name a call: its key, its ACS id, or a file.');
    const { file, note } = await loadCallFile(callOrFile);
    const { lines, matches } = describeReplay(file);
    for (const line of lines) console.log(line);
    if (note !== undefined) console.error(note);
    return matches ? 0 : 1;
  },
});
