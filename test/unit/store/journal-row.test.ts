import { describe, expect, it } from 'vitest';
import { decodeJournalEntry, encodeJournalEntry } from '../../../shared/store/journal-row.ts';
import { received, tone } from '../../support/acting.ts';
import { atSecond, CALL_KEY, callEvent } from '../../support/call-events.ts';

describe('encodeJournalEntry', () => {
  it.each([
    tone(1),
    {
      ...received(callEvent(atSecond(9), { type: 'call.connecting', conversationId: null })),
      inferred: true,
    },
  ] as const)('writes columns that say of an event what its document says: $type', event => {
    const values = encodeJournalEntry({ number: 7, event: { ...event, receivedAt: atSecond(700) } });
    const { event: kept } = decodeJournalEntry({ partitionKey: CALL_KEY, rowKey: 'j~1', etag: 'e', values });

    expect(kept).toEqual({ ...event, receivedAt: atSecond(700) });
    expect(values).toMatchObject({ n: 7, type: kept.type, at: kept.at, receivedAt: kept.receivedAt });
  });
});
