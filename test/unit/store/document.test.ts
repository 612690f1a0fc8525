import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText, encodeText } from '../../../shared/store/document.ts';
import { MemoryTable } from '../../../shared/store/memory-table.ts';
import type { RowValues } from '../../../shared/store/table.ts';
import { noise } from '../../support/noise.ts';

async function throughTable(values: RowValues): Promise<RowValues> {
  const table = new MemoryTable();
  await table.commit('p', [{ kind: 'create', rowKey: 'r', values }]);
  return (await table.get('p', 'r'))?.values ?? {};
}

describe('decodeText', () => {
  it.each([
    { name: 'nothing', text: '', properties: ['d'] },
    { name: 'a short text', text: '{"a":1}', properties: ['d'] },
    { name: 'the longest plain text', text: 'x'.repeat(30_000), properties: ['d'] },
    { name: 'one more', text: 'x'.repeat(30_001), properties: ['z0'] },
    { name: 'noise in one chunk', text: noise(80_000), properties: ['z0'] },
    { name: 'noise in two chunks', text: noise(100_000), properties: ['z0', 'z1'] },
    { name: 'a large text of few letters', text: 'naïve '.repeat(200_000), properties: ['z0'] },
    { name: 'surrogate pairs', text: '😀'.repeat(20_000), properties: ['z0'] },
  ])('gives back what encodeText was given: $name', async ({ text, properties }) => {
    const values = await throughTable(encodeText(text));

    expect(Object.keys(values)).toEqual(properties);
    expect(decodeText(values)).toBe(text);
  });

  it('gives back any text', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme', maxLength: 400 }),
        fc.constantFrom(1, 100, 300),
        async (part, times) => {
          const text = part.repeat(times);

          expect(decodeText(await throughTable(encodeText(text)))).toBe(text);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('encodeText', () => {
  it('fills a row with what a callback of the largest size can hold', async () => {
    const text = noise(1_048_576);

    expect(decodeText(await throughTable(encodeText(text)))).toBe(text);
  });

  it('refuses for good what fits no row', () => {
    expect(() => encodeText(noise(1_400_000))).toThrow(
      expect.objectContaining({ name: 'StorageError', transient: false }) as Error,
    );
  });
});
