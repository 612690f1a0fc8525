import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Audit, audit, waitForEnds } from '../rehearsal/audit.ts';
import { placeCalls } from '../rehearsal/place-calls.ts';
import { openStage, type Stage } from '../rehearsal/stage.ts';

const CALLS = 40;

const FAULTS = { failAfter: 0.1, dropAfter: 0.15, throttle: 0.1 };

const REHEARSALS = [
  {
    dialect: 'preview-2021-04',
    // None whose connection breaks before it is carried out: such a call is given up after two minutes only.
    requests: FAULTS,
    // The preview tells those who are busy, decline or never answer apart from nothing.
    outcomes: { answered: 28, 'no-answer': 12 },
  },
  {
    dialect: 'ga',
    // A request whose fate is not known is repeated there.
    requests: { ...FAULTS, dropBefore: 0.1 },
    outcomes: { answered: 28, busy: 4, declined: 4, 'no-answer': 4 },
  },
] as const;

const TITLE =
  'forty calls in $dialect, of which callbacks come twice and out of order, and requests are answered wrongly';

describe.each(REHEARSALS)(TITLE, ({ dialect, requests, outcomes }) => {
  let stage: Stage;
  let result: Audit;

  beforeAll(async () => {
    const faults = { requests, callbacks: { duplicate: 0.3, reorder: 0.2 } };
    stage = await openStage({ dialect, seed: 7, speed: 10, faults });
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
    expect(Object.keys(result.emulator.faults).sort()).toEqual(Object.keys(requests).sort());
    expect(result.emulator.callbacks['delivered']).toBeGreaterThan(CALLS * 4);
  });

  it('have the outcomes of their callees: of ten, one is busy, one declines, one never answers', () => {
    const counts: Record<string, number> = {};
    for (const { outcome } of result.calls) counts[String(outcome)] = (counts[String(outcome)] ?? 0) + 1;

    expect(counts).toEqual(outcomes);
  });
});
