import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Audit, audit, waitForEnds } from '../rehearsal/audit.ts';
import { placeCalls } from '../rehearsal/place-calls.ts';
import { openStage, type Stage } from '../rehearsal/stage.ts';

const CALLS = 40;

describe('forty calls, of which callbacks come twice and out of order, and requests are answered wrongly', () => {
  let stage: Stage;
  let result: Audit;

  beforeAll(async () => {
    stage = await openStage({
      seed: 7,
      speed: 10,
      // None whose connection breaks before it is carried out: such a call is given up after two minutes only.
      faults: {
        requests: { failAfter: 0.1, dropAfter: 0.15, throttle: 0.1 },
        callbacks: { duplicate: 0.3, reorder: 0.2 },
      },
    });
    const progress = () => undefined;
    const placed = await placeCalls({ appUrl: stage.app.url, calls: CALLS, numbers: 20, progress });
    const target = { appUrl: stage.app.url, emulatorUrl: stage.emulator.url, placed, linesPerNumber: 2 };
    await waitForEnds(target, { timeoutMs: 90_000, progress });
    result = await audit(target);
  });

  afterAll(() => stage.close());

  it('ring once each, and all come to an end', () => {
    expect(result.faults).toEqual([]);
    expect(Object.keys(result.emulator.ringsByNumber)).toHaveLength(CALLS);
  });

  it('met every kind of fault', () => {
    expect(Object.keys(result.emulator.faults).sort()).toEqual(['dropAfter', 'failAfter', 'throttle']);
    expect(result.emulator.callbacks['delivered']).toBeGreaterThan(CALLS * 5);
  });

  it('have the outcomes of their callees', () => {
    const answered = result.calls.filter(({ outcome }) => outcome === 'answered');

    // Of ten callees one is busy, one declines and one never answers, and the preview tells them apart from nothing.
    expect(answered).toHaveLength(28);
    expect(result.calls.filter(({ outcome }) => outcome === 'no-answer')).toHaveLength(12);
  });
});
