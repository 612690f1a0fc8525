import { describe, expect, it } from 'vitest';
import * as logEvents from '../../../shared/telemetry/log-events.ts';

const ALL = [
  logEvents.callbackReceived({ accepted: 1, parked: 0, calls: 1 }),
  logEvents.callbackRefused({ status: 400, problem: 'p' }),
  logEvents.callbackSecretMissing(),
  logEvents.eventsCommitted({
    callKey: 'c',
    events: 1,
    committedTogether: 1,
    duplicates: 0,
    conflicts: 0,
    state: 'connected',
    ageMs: 5,
  }),
  logEvents.messageDelayed({ callKey: 'c', attempt: 0, delaySeconds: 2, error: 'e' }),
  logEvents.thingParked({ parkedId: 'p', reason: 'malformed', callKey: null }),
  logEvents.swept({ parked: 1, tidied: 1 }),
];

describe('log events', () => {
  it('have each an id and a name of their own', () => {
    expect(ALL).toHaveLength(Object.keys(logEvents).length);
    expect(new Set(ALL.map(({ id }) => id)).size).toBe(ALL.length);
    expect(ALL.map(({ name }) => name).toSorted()).toEqual(Object.keys(logEvents).toSorted());
  });

  it('keep their ids, which alerts are built on', () => {
    expect(Object.fromEntries(ALL.map(({ id, name, level }) => [id, `${level} ${name}`]))).toEqual({
      100: 'info callbackReceived',
      101: 'warn callbackRefused',
      102: 'error callbackSecretMissing',
      200: 'info eventsCommitted',
      201: 'warn messageDelayed',
      300: 'warn thingParked',
      400: 'info swept',
    });
  });
});
