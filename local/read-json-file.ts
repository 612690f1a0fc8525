import { readFile } from 'node:fs/promises';
import type * as z from 'zod';
import { InputError } from './command-line.ts';

/** What a file of JSON is to be. */
interface Expected<Value> {
  /** For people: the path, mostly. */
  readonly name: string;
  readonly schema: z.ZodType<Value>;
  /** What to do about a file that is wrong, as a sentence. */
  readonly hint: string;
}

/** Reads a file of JSON that a person named. @throws InputError as {@link readTextFile} and {@link decodeJson} */
export async function readJsonFile<Value>(
  path: string,
  expected: Omit<Expected<Value>, 'name'>,
): Promise<Value> {
  return decodeJson(await readTextFile(path), { ...expected, name: path });
}

/** Reads the text of such a file. @throws InputError that says in one line what is wrong with it, and where. */
export function decodeJson<Value>(text: string, { name, schema, hint }: Expected<Value>): Value {
  if (text.trim() === '') throw new InputError(`${name} is empty. ${hint}`);
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const where =
      error instanceof Error ? /position \d+|end of JSON input/i.exec(error.message)?.[0] : undefined;
    const detail = where === undefined ? '' : ` (${where})`;
    throw new InputError(`${name} is not JSON, or is cut short${detail}. ${hint}`, { cause: error });
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const pointer = issue?.path.map(part => `/${String(part)}`).join('') ?? '';
  throw new InputError(`${name} is not valid at ${pointer || '/'}: ${issue?.message}. ${hint}`);
}

/** @throws InputError for what is not there, is a folder, or cannot be read. */
export async function readTextFile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EISDIR') throw new InputError(`${path} is a folder; a file is expected.`, { cause: error });
    const why = code === 'ENOENT' ? 'is not there' : `cannot be read (${code})`;
    throw new InputError(`${path} ${why}. Give the path of a file that can be read.`, { cause: error });
  }
}
