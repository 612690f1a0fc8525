import { describeReplay } from './replay/describe-replay.ts';
import { loadCallFile } from './replay/load-call-file.ts';

// `npm run replay -- <callKey | ACS id | file>`: what a call went through, step by step, out of its journal.

const [callOrFile] = process.argv.slice(2);
if (callOrFile === undefined) {
  console.error('Usage: npm run replay -- <callKey | ACS id | file>');
  process.exitCode = 2;
} else {
  const loaded = await loadCallFile(callOrFile);
  if (!loaded.ok) {
    console.error(loaded.reason);
    process.exitCode = 1;
  } else {
    const { lines, matches } = describeReplay(loaded.file);
    for (const line of lines) console.log(line);
    process.exitCode = matches ? 0 : 1;
  }
}
