import type { CallPartitions } from '../store/call-partitions.ts';
import type { AliasKind, IndexUpkeep } from '../store/index-upkeep.ts';
import type { Log } from '../telemetry/log-event.ts';
import { aliasesForgotten, upkeepFailed } from '../telemetry/log-events.ts';
import { forEach } from './for-each.ts';
import { type WalkPorts, walk } from './walk.ts';

export interface ForgetAliasesPorts extends WalkPorts {
  readonly partitions: CallPartitions;
  readonly upkeep: IndexUpkeep;
  readonly log: Log;
}

const ALIASES_PER_PAGE = 500;
/** For each kind: the check of the index that comes behind it in the same run needs most of the five minutes. */
const RUN_MS = 30_000;

const KINDS: readonly AliasKind[] = ['wireId', 'serverCall'];

/**
 * Takes aliases away that lead to a call that was erased, or is known no more, over as many runs as it takes. Erasing a
 * call takes its aliases away as well, but whoever recorded something of it a moment before merges them when they come
 * to it, and an id that the call had for a while only is not in its head any more.
 *
 * One read for each alias. The head is stored before the index is merged, so an alias without a call is not one that is
 * yet to have it. A call that begins anew just then, a whole time of retention after it was erased, has its alias again
 * by the next check of the index.
 */
export async function forgetAliases(ports: ForgetAliasesPorts): Promise<void> {
  let count = 0;
  for (const kind of KINDS) count += await forgetKind(ports, kind);
  if (count > 0) ports.log(aliasesForgotten({ aliases: count }));
}

async function forgetKind(ports: ForgetAliasesPorts, kind: AliasKind): Promise<number> {
  const { partitions, upkeep, log } = ports;
  let count = 0;
  await walk(ports, {
    name: `forgetAliases.${kind}`,
    runMs: RUN_MS,
    async page(cursor) {
      const { rows, cursor: next } = await upkeep.aliasRows(kind, { limit: ALIASES_PER_PAGE, cursor });
      await forEach(
        rows,
        async alias => {
          if (await partitions.has(alias.callKey)) return;
          await upkeep.removeAlias(alias);
          count += 1;
        },
        ({ callKey }, error) => log(upkeepFailed({ callKey, during: 'forgetAliases', error: String(error) })),
      );
      return next;
    },
  });
  return count;
}
