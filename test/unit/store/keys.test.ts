import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventTimeOf } from '../../../shared/clock.ts';
import type { EventTime } from '../../../shared/domain/event-time.ts';
import {
  aliasPartition,
  countDown,
  dayKeys,
  dayPartitions,
  HEAD_ROW,
  JOURNAL_ROWS,
  journalRow,
  participantRow,
} from '../../../shared/store/keys.ts';
import { timeOf } from '../../support/call-events.ts';

const time = fc
  .date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true })
  .map(date => eventTimeOf(date.getTime()));

function compare(a: string, b: string): number {
  return Number(a > b) - Number(a < b);
}

function orderKey(at: EventTime): string {
  const { partitionKey, rowKey } = dayKeys('c', at);
  return `${partitionKey} ${rowKey}`;
}

describe('dayKeys', () => {
  it('sorts later calls first, across days and years', () => {
    fc.assert(
      fc.property(time, time, (a, b) => {
        const [x, y] = [orderKey(a), orderKey(b)];
        expect(compare(x, y)).toBe(compare(b, a));
      }),
    );
  });

  it('keeps apart two calls of one moment, and a day in one partition', () => {
    const [from, to] = [timeOf('2021-05-05T00:00:00Z'), timeOf('2021-05-05T23:59:59.9999999Z')];

    expect(dayKeys('a', from).partitionKey).toBe(dayKeys('b', to).partitionKey);
    expect(dayKeys('a', from).rowKey).not.toBe(dayKeys('b', from).rowKey);
  });
});

describe('dayPartitions', () => {
  it('holds the days of every moment from one to the other, and no others', () => {
    fc.assert(
      fc.property(time, time, time, (a, b, at) => {
        const [from, to] = a < b ? [a, b] : [b, a];
        const range = dayPartitions(from, to);
        const { partitionKey } = dayKeys('c', at);
        const isInside = partitionKey >= range.from && partitionKey < range.to;
        const day = at.slice(0, 10);
        expect(isInside).toBe(day >= from.slice(0, 10) && day <= to.slice(0, 10));
      }),
    );
  });

  it('holds every day, and no other partition of the index, when it has no bounds', () => {
    const range = dayPartitions(undefined, undefined);
    fc.assert(
      fc.property(time, at => {
        const { partitionKey } = dayKeys('c', at);
        expect(partitionKey >= range.from && partitionKey < range.to).toBe(true);
      }),
    );
    for (const other of [aliasPartition('leg'), 'open'])
      expect(other >= range.from && other < range.to).toBe(false);
  });
});

describe('countDown', () => {
  it('takes each digit from nine and leaves out the rest', () => {
    expect(countDown(timeOf('2021-05-05T20:08:39.0157964Z'))).toBe('797894947991609842035');
  });
});

describe('journalRow', () => {
  it('lies behind the head, within the rows of the journal', () => {
    for (const fingerprint of ['-', '_________', 'zzz', 'AAA']) {
      const row = journalRow(fingerprint);
      expect(row > HEAD_ROW && row >= JOURNAL_ROWS.from && row < JOURNAL_ROWS.to).toBe(true);
    }
  });
});

describe('participantRow', () => {
  it('differs for every endpoint, whatever characters their ids hold', () => {
    const ids = ['8:acs:a', '4:+1', 'a/b\\c#d?e', '\ud800', '\ud801', '', 'ü'];
    const rows = ids.flatMap(rawId =>
      [null, 'endpoint', '\ud800', '\ud801'].map(participantId => participantRow({ rawId, participantId })),
    );

    expect(new Set(rows).size).toBe(rows.length);
    for (const row of rows) expect(row).toMatch(/^p~[A-Za-z0-9_-]{22}$/);
  });
});
