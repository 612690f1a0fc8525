import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { newCall } from '../../../shared/domain/call.ts';
import { reduceCall } from '../../../shared/domain/reduce-call.ts';
import { type CallHead, decodeHead, encodeHead } from '../../../shared/store/call-head.ts';
import { MemoryTable } from '../../../shared/store/memory-table.ts';
import { eventsOf, nineElements, rosterOf } from '../../support/call-elements.ts';
import { atSecond, CALL_KEY } from '../../support/call-events.ts';
import { headWith } from '../../support/head-with.ts';

const EMPTY = newCall(CALL_KEY, { dialect: 'preview-2021-04', wireId: 'leg-1', at: atSecond(1) });

function headOf(elements: readonly unknown[]): CallHead {
  let call = EMPTY;
  for (const event of eventsOf(elements)) ({ call } = reduceCall(call, event, CALL_KEY));
  return headWith({
    call,
    journalCount: elements.length,
    indexedAt: atSecond(1),
    projectionPending: true,
  });
}

async function throughTable(head: CallHead): Promise<CallHead> {
  const table = new MemoryTable();
  await table.commit('p', [{ kind: 'create', rowKey: '!', values: encodeHead(head) }]);
  const row = await table.get('p', '!');
  if (row === undefined) throw new Error('The row is gone.');
  return decodeHead(row);
}

describe('decodeHead', () => {
  it.each([
    { name: 'a short call', head: headOf(nineElements()) },
    { name: '350 participants', head: headOf([rosterOf(350, 1), rosterOf(350, 2, '-b muted')]) },
    { name: 'no events', head: headOf([]) },
  ])('gives back what encodeHead was given: $name', async ({ head }) => {
    expect(await throughTable(head)).toEqual(head);
  });

  it('takes a head for not pending when it does not say', () => {
    const { pending: _, ...values } = encodeHead(headOf([]));
    const row = { partitionKey: CALL_KEY, rowKey: '!', etag: 'e', values };

    expect(decodeHead(row).projectionPending).toBe(false);
  });

  it('fails for the moment on the layout of a newer version, which it must not write over', () => {
    const values = { ...encodeHead(headOf([])), v: 2 };
    const row = { partitionKey: CALL_KEY, rowKey: '!', etag: 'e', values };

    expect(() => decodeHead(row)).toThrow(
      expect.objectContaining({ name: 'StorageError', transient: true }) as Error,
    );
  });
});

describe('encodeHead', () => {
  it('refuses for good a call that no row can hold', () => {
    const noise = randomBytes(1_200_000).toString('base64');
    const head = headOf([]);
    const call = { ...head.call, wireId: noise };

    expect(() => encodeHead({ ...head, call })).toThrow(
      expect.objectContaining({ name: 'StorageError', transient: false }) as Error,
    );
  });
});
