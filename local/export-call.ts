import { writeFile } from 'node:fs/promises';
import { InputError, runCommand, UsageError } from './command-line.ts';
import { encodeCallFile } from './replay/call-file.ts';
import { loadCallFile } from './replay/load-call-file.ts';

// `npm run export -- <callKey | ACS id | file>`: a call as one file that can be replayed anywhere.

const USAGE = `Usage: npm run export -- <callKey | ACS id | file> [--mask] [--out FILE]
  --mask      without what tells who was called: numbers, user ids, names, headers and contexts are replaced
  --out FILE  where it is written (standard output)`;

async function write(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new InputError(
      `${path} cannot be written (${code}). Give --out the path of a file in a folder that is there.`,
      {
        cause: error,
      },
    );
  }
}

process.exitCode = await runCommand({
  usage: USAGE,
  options: { mask: { type: 'boolean', default: false }, out: { type: 'string' } },
  positionalsMax: 1,
  async run({ values: { mask, out }, positionals: [call] }) {
    if (!call) throw new UsageError('Name a call: its key, its ACS id, or a file.');
    const { file, note } = await loadCallFile(call);
    const text = encodeCallFile(file, { masked: mask });
    if (out === undefined) process.stdout.write(text);
    else await write(out, text);
    if (note !== undefined) console.error(note);
    return 0;
  },
});
