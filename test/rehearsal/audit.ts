import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod';
import { callSchema } from '../../shared/http/schemas/call-schema.ts';
import { parkedSchema } from '../../shared/http/schemas/parked-schema.ts';
import { inBatches } from '../../shared/processing/in-batches.ts';
import { summarySchema } from '../support/emulator/summary-schema.ts';
import type { PlacedCall } from './place-calls.ts';

type Call = z.output<typeof callSchema>;

/** What the emulator really did. */
export type EmulatorSummary = z.output<typeof summarySchema>;

/** What came of a rehearsal. */
export interface Audit {
  readonly calls: readonly Call[];
  readonly emulator: EmulatorSummary;
  readonly parked: number;
  /** What is wrong, in sentences; empty when nothing is. */
  readonly faults: readonly string[];
}

/** Where to look. */
export interface AuditTarget {
  readonly appUrl: string;
  readonly emulatorUrl: string;
  readonly placed: readonly PlacedCall[];
  /** Calls that may be in line at once from one number. */
  readonly linesPerNumber: number;
}

const READ_AT_ONCE = 16;
const LOOK_EVERY_MS = 500;

/** Waits until every call has ended, telling how many have; gives up after `timeoutMs`. */
export async function waitForEnds(
  { appUrl, placed }: AuditTarget,
  { timeoutMs, progress }: { readonly timeoutMs: number; readonly progress: (ended: number) => void },
): Promise<void> {
  const open = new Set(placed.map(({ callKey }) => callKey));
  const deadlineMs = performance.now() + timeoutMs;
  while (open.size > 0 && performance.now() < deadlineMs) {
    await inBatches(
      [...open],
      async callKey => {
        const { endedAt } = await callOf(appUrl, callKey);
        if (endedAt !== null) open.delete(callKey);
      },
      READ_AT_ONCE,
    );
    progress(placed.length - open.size);
    if (open.size > 0) await delay(LOOK_EVERY_MS);
  }
}

/** Looks at every call, at what is parked, and at what the emulator carried out. */
export async function audit(target: AuditTarget): Promise<Audit> {
  const { appUrl, emulatorUrl, placed } = target;
  const calls: Call[] = [];
  await inBatches(
    placed,
    async ({ callKey }) => void calls.push(await callOf(appUrl, callKey)),
    READ_AT_ONCE,
  );
  const emulator = await read(`${emulatorUrl}/emulator/summary`, summarySchema);
  const page = z.object({ items: z.array(parkedSchema) });
  const { items } = await read(`${appUrl}/api/parked?limit=500`, page);
  return {
    calls,
    emulator,
    parked: items.length,
    faults: faultsOf(target, { calls, emulator, parked: items.length }),
  };
}

function faultsOf(
  { placed, linesPerNumber }: AuditTarget,
  { calls, emulator, parked }: Omit<Audit, 'faults'>,
): string[] {
  const faults: string[] = [];
  for (const [number, rings] of Object.entries(emulator.ringsByNumber)) {
    if (rings > 1) faults.push(`${number} rang ${rings} times.`);
  }
  for (const [number, most] of Object.entries(emulator.mostCallsAtOnce)) {
    if (most > linesPerNumber) faults.push(`${most} calls went out from ${number} at once.`);
  }
  const open = calls.filter(({ endedAt }) => endedAt === null);
  if (open.length > 0) faults.push(`${open.length} calls did not end, such as ${open[0]?.callKey}.`);
  for (const call of calls) {
    const state = call.actions[0]?.state;
    const isHonest =
      state === 'done' || (state === 'unknown' && call.outcome === 'unknown') || state === 'failed';
    if (!isHonest) faults.push(`${call.callKey}: its placing is ${state}, its outcome ${call.outcome}.`);
  }
  if (new Set(placed.map(({ callKey }) => callKey)).size !== placed.length)
    faults.push('Two calls share a key.');
  if (parked > 0) faults.push(`${parked} things are parked.`);
  return faults;
}

async function callOf(appUrl: string, callKey: string): Promise<Call> {
  return read(`${appUrl}/api/calls/${callKey}`, callSchema);
}

async function read<Schema extends z.ZodType>(url: string, schema: Schema): Promise<z.output<Schema>> {
  const answer = await fetch(url);
  return schema.parse(await answer.json());
}
