import type { ActionRequest } from '../../../shared/actions/provider.ts';
import { endOf } from '../../../shared/domain/call.ts';
import type { CallHead } from '../../../shared/store/call-head.ts';
import { LINE_PARTITIONS } from '../../../shared/store/keys.ts';
import type { StoredRow } from '../../../shared/store/table.ts';
import { LINES_PER_NUMBER } from '../compose-process.ts';
import type { World } from '../world.ts';
import type { Evidence } from './evidence.ts';

/**
 * L1: no more calls are out from a number than it has lines. A call is out from its placing until its end is recorded; one
 * that is placed when it was given up already went out late, which nobody can know of.
 */
export function checkLinesWhenPlaced({ observer }: World, request: ActionRequest): void {
  const { callerId } = request.arguments;
  if (request.kind !== 'placeCall' || callerId === undefined) return;
  const { placed } = observer;
  placed.add(request.callKey);
  const out = [...placed].filter(callKey =>
    isOpen(observer.heads.findLast(head => head.callKey === callKey)),
  );
  if (out.length > LINES_PER_NUMBER && out.includes(request.callKey))
    observer.violate('L1', `${out.join(' and ')} are out from one number at once`);
}

function isOpen(head: { readonly document: string } | undefined): boolean {
  if (head === undefined) return false;
  return endOf((JSON.parse(head.document) as Pick<CallHead, 'call'>).call) === null;
}

/** L1: nobody waits for a line, or is on one, whose call is over. */
export function checkLinesAtRest(
  { calls, index }: Pick<Evidence, 'calls' | 'index'>,
  violate: (invariant: string, detail: string) => void,
): void {
  const open = new Set(
    calls.filter(({ head }) => head !== undefined && endOf(head.call) === null).map(({ callKey }) => callKey),
  );
  for (const row of index.filter(isInUse)) {
    const callKey = String(row.values['callKey']);
    const isWaiting = row.rowKey.startsWith('w~');
    if (isWaiting) violate('L1', `${callKey} still waits for a line`);
    else if (!open.has(callKey)) violate('L1', `${callKey} is over, and still on a line`);
  }
}

/** Whether a row says that a call is on a line, or waits for one. */
export function isInUse({ partitionKey, values }: StoredRow): boolean {
  const isLine = partitionKey >= LINE_PARTITIONS.from && partitionKey < LINE_PARTITIONS.to;
  return isLine && values['callKey'] !== '';
}
