import { describe, expect, it } from 'vitest';
import { isNestedDeeper } from '../../../shared/dialects/nesting.ts';

describe('isNestedDeeper', () => {
  it.each([
    { value: 1, levels: 0, expected: false },
    { value: null, levels: 0, expected: false },
    { value: [], levels: 0, expected: true },
    { value: {}, levels: 1, expected: false },
    { value: [1, [2]], levels: 1, expected: true },
    { value: [1, [2]], levels: 2, expected: false },
    { value: { a: { b: [{}] } }, levels: 3, expected: true },
    { value: { a: { b: [{}] } }, levels: 4, expected: false },
  ])('says $expected of $value and $levels levels', ({ value, levels, expected }) => {
    expect(isNestedDeeper(value, levels)).toBe(expected);
  });
});
