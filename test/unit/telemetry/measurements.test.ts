import { describe, expect, it } from 'vitest';
import * as logEvents from '../../../shared/telemetry/log-events.ts';
import { measurementsOf } from '../../../shared/telemetry/measurements.ts';

const COMMITTED = {
  callKey: 'c1',
  events: 2,
  committedTogether: 5,
  duplicates: 1,
  conflicts: 1,
  state: 'connected',
  ageMs: 1_500,
  pickUpMs: 250,
};

describe('measurementsOf', () => {
  it.each([
    [
      logEvents.callbackReceived({ accepted: 3, parked: 0, calls: 1 }),
      [{ metric: 'ringback.callback.events', value: 3, attributes: { outcome: 'accepted' } }],
    ],
    [
      logEvents.callbackRefused({ status: 401, problem: 'not-authentic' }),
      [{ metric: 'ringback.callback.refused', value: 1, attributes: { status: 401 } }],
    ],
    [
      logEvents.eventsCommitted(COMMITTED),
      [
        { metric: 'ringback.events', value: 2 },
        { metric: 'ringback.event.age', value: 1.5 },
        { metric: 'ringback.message.pickup_delay', value: 0.25 },
      ],
    ],
    [
      logEvents.eventsCommitted({ ...COMMITTED, pickUpMs: null }),
      [
        { metric: 'ringback.events', value: 2 },
        { metric: 'ringback.event.age', value: 1.5 },
      ],
    ],
    [
      logEvents.actionSent({ callKey: 'c1', actionId: 'a', kind: 'hangUp', result: 'notNow', attempts: 1 }),
      [{ metric: 'ringback.actions', value: 1, attributes: { kind: 'hangUp', state: 'planned' } }],
    ],
    [
      logEvents.actionSent({ callKey: 'c1', actionId: 'a', kind: 'hangUp', result: 'refused', attempts: 1 }),
      [],
    ],
    [
      logEvents.actionFailed({ callKey: 'c1', actionId: 'a', kind: 'hangUp' }),
      [{ metric: 'ringback.actions', value: 1, attributes: { kind: 'hangUp', state: 'failed' } }],
    ],
    [
      logEvents.actionSkipped({ callKey: 'c1', actionId: 'a', kind: 'playAudio' }),
      [{ metric: 'ringback.actions', value: 1, attributes: { kind: 'playAudio', state: 'skipped' } }],
    ],
    [
      logEvents.thingParked({ parkedId: 'p', reason: 'malformed', callKey: 'c1' }),
      [{ metric: 'ringback.parked', value: 1, attributes: { reason: 'malformed' } }],
    ],
    [
      logEvents.messageDelayed({ callKey: 'c1', attempt: 0, delaySeconds: 2, error: 'e' }),
      [{ metric: 'ringback.messages.delayed', value: 1 }],
    ],
    [
      logEvents.swept({
        parked: 0,
        replayed: 0,
        tidied: 0,
        visited: 1,
        asked: 0,
        healed: 0,
        unanswered: 0,
        lost: 2,
        failed: 0,
      }),
      [{ metric: 'ringback.calls.lost', value: 2 }],
    ],
    [logEvents.callbackSecretMissing(), []],
  ])('reads %j', (event, measurements) => {
    expect(measurementsOf(event)).toEqual(measurements);
  });
});
