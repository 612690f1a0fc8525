import { describe, expect, it } from 'vitest';
import { earliest, latest } from '../../../shared/domain/event-time.ts';
import { timeOf } from '../../support/call-events.ts';

const before = timeOf('2021-05-05T20:08:39.0157964Z');
const after = timeOf('2021-05-05T20:08:39.0157965Z');

describe('earliest', () => {
  it.each([
    [before, after, before],
    [after, before, before],
    [before, before, before],
    [null, after, after],
  ])('of %s and %s is %s', (a, b, expected) => {
    expect(earliest(a, b)).toBe(expected);
  });
});

describe('latest', () => {
  it.each([
    [before, after, after],
    [after, before, after],
    [after, after, after],
    [null, before, before],
  ])('of %s and %s is %s', (a, b, expected) => {
    expect(latest(a, b)).toBe(expected);
  });
});
