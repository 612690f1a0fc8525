import { describe, expect, it } from 'vitest';
import { createNcrontab } from '../../../../local/host/ncrontab.ts';

describe('createNcrontab', () => {
  it.each([
    { expression: '0 */5 * * * *', after: '2024-05-01T10:02:00Z', next: '2024-05-01T10:05:00.000Z' },
    { expression: '*/15 * * * * *', after: '2024-05-01T10:02:00Z', next: '2024-05-01T10:02:15.000Z' },
    { expression: '0 30 9 * * Mon-Fri', after: '2024-05-03T10:00:00Z', next: '2024-05-06T09:30:00.000Z' },
    { expression: '*/5 * * * *', after: '2024-05-01T10:02:00Z', next: '2024-05-01T10:05:00.000Z' },
    { expression: '0 0 0 13 * 5', after: '2024-05-01T00:00:00Z', next: '2024-09-13T00:00:00.000Z' },
  ])('finds $next when $expression is asked after $after', ({ expression, after, next }) => {
    expect(createNcrontab(expression).next(new Date(after))?.toISOString()).toBe(next);
  });

  it.each([
    { expression: '*/30 * * * * *', isFrequent: true },
    { expression: '0 * * * * *', isFrequent: false },
  ])(
    'says $isFrequent for more than once a minute when the expression is $expression',
    ({ expression, isFrequent }) => {
      expect(createNcrontab(expression).isFrequent).toBe(isFrequent);
    },
  );
});
