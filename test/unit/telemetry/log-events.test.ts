import { describe, expect, it } from 'vitest';
import * as logEvents from '../../../shared/telemetry/log-events.ts';

const ALL = [
  logEvents.callbackReceived({ accepted: 1, parked: 0, calls: 1 }),
  logEvents.callbackRefused({ status: 400, problem: 'p' }),
  logEvents.callbackSecretMissing(),
  logEvents.tokenRefused({ reason: 'r', audience: null }),
  logEvents.tokenKeysUnavailable({ error: 'e' }),
  logEvents.eventsCommitted({
    callKey: 'c',
    events: 1,
    committedTogether: 1,
    duplicates: 0,
    conflicts: 0,
    state: 'connected',
    ageMs: 5,
    pickUpMs: null,
  }),
  logEvents.messageDelayed({ callKey: 'c', attempt: 0, delaySeconds: 2, error: 'e' }),
  logEvents.thingParked({ parkedId: 'p', reason: 'malformed', callKey: null }),
  logEvents.eventsDropped({ callKey: 'c', events: 1 }),
  logEvents.incomingRouted({ callKey: 'c', did: 'answer' }),
  logEvents.actionSent({ callKey: 'c', actionId: 'a', kind: 'hangUp', result: 'done', attempts: 1 }),
  logEvents.actionSkipped({ callKey: 'c', actionId: 'a', kind: 'playAudio' }),
  logEvents.actionFailed({ callKey: 'c', actionId: 'a', kind: 'playAudio' }),
  logEvents.actionDelayed({ callKey: 'c', actionId: 'a', kind: 'playAudio', attempts: 6 }),
  logEvents.requestFailed({ problem: 'p', error: 'e' }),
  logEvents.lineAwaited({ callKey: 'c', actionId: 'a' }),
  logEvents.swept({
    parked: 1,
    replayed: 1,
    tidied: 1,
    visited: 1,
    asked: 0,
    healed: 0,
    unanswered: 0,
    lost: 0,
    failed: 0,
  }),
  logEvents.upkeepFailed({ callKey: 'c', during: 'sweep', error: 'e' }),
  logEvents.indexChecked({
    calls: 1,
    day: 0,
    open: 0,
    alias: 0,
    participants: 0,
    forgotten: 0,
    failed: 0,
    end: 'finished',
  }),
  logEvents.aliasesForgotten({ aliases: 1 }),
  logEvents.telemetryNotSent(),
  logEvents.actionUnknown({ callKey: 'c', actionId: 'a', kind: 'playAudio' }),
  logEvents.eventsWait({ oldestAgeSeconds: 61 }),
  logEvents.purged({ calls: 1, parked: 0, failed: 0, end: 'paused' }),
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
      103: 'warn tokenRefused',
      104: 'error tokenKeysUnavailable',
      105: 'warn requestFailed',
      200: 'info eventsCommitted',
      201: 'warn messageDelayed',
      202: 'warn eventsDropped',
      203: 'info incomingRouted',
      210: 'info actionSent',
      211: 'warn actionUnknown',
      212: 'info lineAwaited',
      213: 'info actionSkipped',
      214: 'warn actionFailed',
      215: 'warn actionDelayed',
      300: 'warn thingParked',
      400: 'info swept',
      401: 'warn upkeepFailed',
      402: 'info indexChecked',
      403: 'info purged',
      404: 'warn eventsWait',
      405: 'info aliasesForgotten',
      500: 'warn telemetryNotSent',
    });
  });
});
