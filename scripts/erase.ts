import { runCommand, UsageError } from '../local/command-line.ts';
import { withStorage } from '../local/storage.ts';
import { eraseByParticipant } from '../shared/processing/erase-by-participant.ts';
import { mentionOf } from '../shared/processing/mention-of.ts';

// `npm run erase -- --number +14255550142`: erases every call and parked thing that mentions somebody, in the storage
// account that AzureWebJobsStorage names in the environment, else in local.settings.json.

const USAGE = `Usage: npm run erase -- (--number N | --user ID) [--dry-run]
  --number N   a telephone number in E.164, such as +14255550142
  --user ID    a raw id, such as 8:acs:…
  --dry-run    only count what would be erased`;

async function erase(identity: string, isDryRun: boolean): Promise<void> {
  const mentions = mentionOf(identity);
  if (mentions === undefined) {
    throw new UsageError(`"${identity}" is neither a number in E.164, such as +14255550142, nor a raw id.`);
  }
  await withStorage(process.env, async ({ services: { partitions, parked, clock }, place }) => {
    const erased = await eraseByParticipant({ partitions, parked, clock }, mentions, { isDryRun });
    const what = isDryRun ? 'Would erase' : 'Erased';
    console.log(
      `${what} ${erased.calls} calls and ${erased.parked} parked things that mention ${identity} (${place}).`,
    );
  });
}

process.exitCode = await runCommand({
  usage: USAGE,
  options: {
    number: { type: 'string' },
    user: { type: 'string' },
    'dry-run': { type: 'boolean', default: false },
  },
  async run({ values: { number, user, 'dry-run': isDryRun } }) {
    const identity = number ?? user;
    if (identity === undefined || (number !== undefined && user !== undefined)) {
      throw new UsageError('Give either --number or --user.');
    }
    await erase(identity, isDryRun);
    return 0;
  },
});
