import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { loadSettings } from '../local/host/settings.ts';
import { compose } from '../shared/compose.ts';
import { readSettings, type StorageSettings } from '../shared/config/settings.ts';
import { eraseByParticipant } from '../shared/processing/erase-by-participant.ts';
import { mentionOf } from '../shared/processing/mention-of.ts';

// `npm run erase -- --number +14255550142`: erases every call and parked thing that mentions somebody, in the storage
// account that AzureWebJobsStorage names in the environment, else in local.settings.json.

const USAGE = `Usage: npm run erase -- (--number N | --user ID) [--dry-run]
  --number N   a telephone number in E.164, such as +14255550142
  --user ID    a raw id, such as 8:acs:…
  --dry-run    only count what would be erased`;

interface Options {
  readonly identity: string;
  readonly isDryRun: boolean;
}

function readOptions(): Options | undefined {
  try {
    const { values } = parseArgs({
      options: {
        number: { type: 'string' },
        user: { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
      },
    });
    const { number, user } = values;
    const identity = number ?? user;
    const isOne = identity !== undefined && (number === undefined || user === undefined);
    return isOne ? { identity, isDryRun: values['dry-run'] } : undefined;
  } catch {
    // An unknown option, which the usage answers.
    return undefined;
  }
}

async function erase({ identity, isDryRun }: Options, mentions: (text: string) => boolean): Promise<void> {
  const { settings: environment } = loadSettings(resolve(import.meta.dirname, '..'), process.env);
  const settings = readSettings(environment);
  const account = accountName(settings.storage);
  const { partitions, parked, clock } = compose(() => undefined, settings);
  const erased = await eraseByParticipant({ partitions, parked, clock }, mentions, { isDryRun });
  const what = isDryRun ? 'Would erase' : 'Erased';
  console.log(
    `${what} ${erased.calls} calls and ${erased.parked} parked things that mention ${identity} (${account}).`,
  );
}

function accountName(storage: StorageSettings): string {
  if ('tableServiceUri' in storage) return new URL(storage.tableServiceUri).host;
  return /AccountName=([^;]+)/i.exec(storage.connectionString)?.[1] ?? 'local development';
}

const options = readOptions();
const mentions = options === undefined ? undefined : mentionOf(options.identity);
if (options === undefined || mentions === undefined) {
  console.error(USAGE);
  process.exitCode = 2;
} else {
  await erase(options, mentions);
}
