import { describe, expect, it } from 'vitest';
import { Idempotency, REMEMBERED_MS } from '../../../shared/store/idempotency.ts';
import { MemoryTable } from '../../../shared/store/memory-table.ts';
import { atSecond } from '../../support/call-events.ts';

const request = { key: 'key-1', scope: 'place', requestHash: 'hash-1', callKey: 'c1', now: atSecond(0) };

describe('Idempotency', () => {
  it.each([
    { name: 'the same request', again: {}, expected: { kind: 'mine', callKey: 'c1' } },
    { name: 'another request', again: { requestHash: 'hash-2' }, expected: { kind: 'differs' } },
    { name: 'another key', again: { key: 'key-2' }, expected: { kind: 'mine', callKey: 'c2' } },
    { name: 'the same key elsewhere', again: { scope: 'join' }, expected: { kind: 'mine', callKey: 'c2' } },
    {
      name: 'the same request a day later',
      again: { now: atSecond(REMEMBERED_MS / 1000) },
      expected: { kind: 'mine', callKey: 'c2' },
    },
    {
      name: 'another request a moment before that',
      again: { requestHash: 'hash-2', now: atSecond(REMEMBERED_MS / 1000 - 1) },
      expected: { kind: 'differs' },
    },
  ])('gives $name its call', async ({ again, expected }) => {
    const idempotency = new Idempotency(new MemoryTable());

    expect(await idempotency.remember(request)).toEqual({ kind: 'mine', callKey: 'c1' });
    expect(await idempotency.remember({ ...request, callKey: 'c2', ...again })).toEqual(expected);
  });

  it('gives one call to many requests that come at once', async () => {
    const table = new MemoryTable();

    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        new Idempotency(table).remember({ ...request, callKey: `c${index}` }),
      ),
    );

    expect(new Set(answers.map(answer => answer.kind === 'mine' && answer.callKey)).size).toBe(1);
  });
});
