import { describe, expect, it } from 'vitest';
import { ActivityLog } from '../../../../local/emulator/log/activity-log.ts';
import { Tally } from '../../../../local/emulator/log/tally.ts';

const URI = 'http://127.0.0.1:7071/api/callbacks/key1?sig=secret';

describe('ActivityLog', () => {
  it.each([
    { filter: { kind: 'ring' }, expected: [1, 4] },
    { filter: { callId: 'a' }, expected: [1, 2] },
    { filter: { callKey: 'key1' }, expected: [2] },
    { filter: { callbackUri: URI }, expected: [2] },
    { filter: { callbackUri: 'http://127.0.0.1:7071/api/callbacks/key1' }, expected: [2] },
    { filter: { operationContext: 'p1', kind: 'play' }, expected: [2] },
    { filter: { who: '+1' }, expected: [1] },
    { filter: {}, expected: [1, 2, 3, 4] },
  ])('finds what fits $filter', ({ filter, expected }) => {
    const log = new ActivityLog(10);
    log.add({ kind: 'ring', callId: 'a', who: '+1' });
    log.add({ kind: 'play', callId: 'a', callbackUri: URI, operationContext: 'p1' });
    log.add({ kind: 'request', callId: 'b', operationContext: 'p1' });
    log.add({ kind: 'ring', callId: 'b', who: '+2' });

    expect(log.find(filter, 10).map(({ n }) => n)).toEqual(expected);
  });

  it('keeps the newest, without secrets', () => {
    const log = new ActivityLog(3);
    for (let index = 0; index < 20; index += 1) log.add({ kind: 'ring', callId: 'a', callbackUri: URI });

    expect(log.find({}, 100).map(({ n }) => n)).toEqual([18, 19, 20]);
    expect(log.find({}, 1).map(({ n }) => n)).toEqual([20]);
    expect(JSON.stringify(log.find({}, 100))).not.toContain('secret');
  });
});

describe('Tally', () => {
  it('counts what happened, however much of the log is kept', () => {
    const tally = new Tally();
    for (const who of ['+1', '+2', '+1']) tally.add({ kind: 'ring', who });
    tally.add({ kind: 'request', operation: 'createCall', executed: true, fault: 'dropAfter' });
    tally.add({ kind: 'request', operation: 'createCall', executed: false, fault: 'throttle' });
    tally.add({ kind: 'request', operation: 'createCall', executed: false, isRepeated: true });
    tally.add({ kind: 'eventGrid', events: ['incomingCall'], status: 503 });
    tally.add({ kind: 'eventGrid', events: ['incomingCall'], status: 200 });
    tally.add({ kind: 'callback', events: ['tone', 'tone'], status: 200 });
    tally.add({ kind: 'callback', events: ['tone'], status: 503, givenUp: true });
    tally.add({ kind: 'callback', events: ['tone'], fault: 'drop' });

    expect(tally.summary).toEqual({
      happened: { ring: 3 },
      ringsByNumber: { '+1': 2, '+2': 1 },
      requests: { createCall: 3 },
      executed: { createCall: 1 },
      repeated: { createCall: 1 },
      eventGrid: { delivered: 1, refused: 1 },
      faults: { dropAfter: 1, throttle: 1 },
      callbacks: { delivered: 1, refused: 1, givenUp: 1, dropped: 1, events: 2 },
      mostCallsAtOnce: {},
    });
  });

  it('knows how many calls a number had at once', () => {
    const tally = new Tally();
    for (const kind of ['callPlaced', 'callPlaced', 'ended', 'callPlaced', 'ended'] as const) {
      tally.add({ kind, line: '+18335550100' });
    }

    expect(tally.summary.mostCallsAtOnce).toEqual({ '+18335550100': 2 });
    tally.clear();
    expect(tally.summary.mostCallsAtOnce).toEqual({ '+18335550100': 1 });
  });
});
