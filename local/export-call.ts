import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { encodeCallFile } from './replay/call-file.ts';
import { loadCallFile } from './replay/load-call-file.ts';

// `npm run export -- <callKey | ACS id> [--mask] [--out FILE]`: a call as one file that can be replayed anywhere.

const { values, positionals } = parseArgs({
  options: { mask: { type: 'boolean', default: false }, out: { type: 'string' } },
  allowPositionals: true,
});
const [callKey] = positionals;
if (callKey === undefined) {
  console.error('Usage: npm run export -- <callKey | ACS id> [--mask] [--out FILE]');
  process.exitCode = 2;
} else {
  const loaded = await loadCallFile(callKey);
  if (!loaded.ok) {
    console.error(loaded.reason);
    process.exitCode = 1;
  } else {
    const text = encodeCallFile(loaded.file, { masked: values.mask });
    if (values.out === undefined) process.stdout.write(text);
    else await writeFile(values.out, text);
  }
}
