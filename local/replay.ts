import { describeReplay } from './replay/describe-replay.ts';
import { loadCallFile } from './replay/load-call-file.ts';

// `npm run replay -- <callKey | ACS id | file>`: what a call went through, step by step, out of its journal.

const [callOrFile] = process.argv.slice(2);
if (callOrFile === undefined) {
  console.error('Usage: npm run replay -- <callKey | ACS id | file>');
  process.exitCode = 2;
} else {
  const file = await loadCallFile(callOrFile);
  if (file === undefined) {
    console.error(`There is no file and no call of the name ${callOrFile}.`);
    process.exitCode = 1;
  } else {
    const { lines, matches } = describeReplay(file);
    for (const line of lines) console.log(line);
    process.exitCode = matches ? 0 : 1;
  }
}
