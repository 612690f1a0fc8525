import { describe, expect, it } from 'vitest';
import type { EventTime } from '../../../shared/domain/event-time.ts';
import { readElements } from '../../../shared/processing/read-elements.ts';
import { sortElements } from '../../../shared/processing/sort-elements.ts';

const RECEIVED_AT = '2026-03-18T00:05:09.0000000Z' as EventTime;

describe('an event that does not say when it happened', () => {
  it('happened when it was received, and is one however often it comes', () => {
    const element = {
      id: 'event-1',
      source: 'calling/callConnections/connection-1',
      type: 'Microsoft.Communication.CallConnected',
      specversion: '1.0',
      data: {},
    };
    const receipt = { callKey: 'k1', receivedAt: RECEIVED_AT, traceparent: null };

    const sorted = sortElements(receipt, { ok: true, elements: [element], isArray: false });
    expect(sorted).toMatchObject({ byCall: [{ elements: [{ element }] }], parked: [] });

    const readAt = (receivedAt: string) =>
      readElements({ callKey: 'k1', receivedAt, attempt: 0, traceparent: null, elements: [element] }).events;
    expect(readAt(RECEIVED_AT)).toMatchObject([{ type: 'call.connected', at: RECEIVED_AT }]);
    expect(readAt('2026-03-18T00:06:00.0000000Z')[0]?.fingerprint).toBe(readAt(RECEIVED_AT)[0]?.fingerprint);
  });
});
