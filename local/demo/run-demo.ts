import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod';
import type { Screen } from '../start/screen.ts';
import type { DemoCall } from './demo-calls.ts';
import { type DemoRow, isFinished, nextCallOf, type ShownCall, shownCallSchema } from './demo-row.ts';
import { formatRow, formatSummary, formatTable } from './format-rows.ts';

/** Where the demonstration runs, and where it is shown. */
export interface DemoContext {
  readonly appUrl: string;
  readonly screen: Screen;
  readonly stop: AbortSignal;
}

const LOOK_EVERY_MS = 500;
/** By then every flow has come to its end, however slow the machine is. */
const GIVE_UP_MS = 5 * 60_000;

const requestedSchema = z.object({ callKey: z.string() });

/** Asks for the calls over HTTP, as anybody would, shows how they go until the last is over, and sums them up. */
export async function runDemo(calls: readonly DemoCall[], context: DemoContext): Promise<void> {
  const { screen, stop } = context;
  screen.print(`Placing ${calls.length} calls, to callees of the emulator:`);
  const followed = await Promise.all(
    calls.map(async call => ({ call, key: await ask(call, context), attempt: 1 })),
  );
  let rows: DemoRow[] = followed.map(({ call }) => ({ ...call, attempt: 1, call: undefined }));
  const deadline = performance.now() + GIVE_UP_MS;
  while (!rows.every(isFinished) && performance.now() < deadline) {
    await delay(LOOK_EVERY_MS, undefined, { signal: stop });
    const before = rows;
    rows = await Promise.all(
      followed.map(async (one, index) => {
        const known = before[index];
        return known !== undefined && isFinished(known) ? known : look(one, context);
      }),
    );
    show(screen, { before, rows });
  }
  screen.show([]);
  if (screen.isLive) for (const line of formatTable(rows)) screen.print(line);
  screen.print('');
  for (const line of formatSummary(rows)) screen.print(line);
}

/** Somebody whose calls are followed, the latest of them. */
interface Followed {
  readonly call: DemoCall;
  key: string;
  attempt: number;
}

async function ask({ path, body, who }: DemoCall, { appUrl, stop }: DemoContext): Promise<string> {
  const answer = await fetch(appUrl + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: stop,
  });
  const given: unknown = await answer.json();
  if (answer.status === 202) return requestedSchema.parse(given).callKey;
  throw new Error(`The call to ${who} was refused: ${JSON.stringify(given)}`);
}

async function look(followed: Followed, context: DemoContext): Promise<DemoRow> {
  let call = await read(followed.key, context);
  const next = call === undefined ? undefined : nextCallOf(call);
  const nextCall = next === undefined ? undefined : await read(next, context);
  if (next !== undefined && nextCall !== undefined) {
    followed.key = next;
    followed.attempt += 1;
    call = nextCall;
  }
  return { ...followed.call, attempt: followed.attempt, call };
}

async function read(key: string, { appUrl, stop }: DemoContext): Promise<ShownCall | undefined> {
  // Of its own for each request: on one that lasts, Node counts those of past requests too, and warns of so many.
  const signal = AbortSignal.any([stop]);
  const answer = await fetch(`${appUrl}/api/calls/${key}`, { signal });
  const given: unknown = await answer.json();
  return answer.status === 200 ? shownCallSchema.parse(given) : undefined;
}

function show(
  screen: Screen,
  { before, rows }: { readonly before: readonly DemoRow[]; readonly rows: readonly DemoRow[] },
): void {
  if (screen.isLive) {
    screen.show(formatTable(rows));
    return;
  }
  for (const [index, row] of rows.entries()) {
    const known = before[index];
    const line = formatRow(row);
    if (known === undefined || formatRow(known) !== line) screen.print(line);
  }
}
