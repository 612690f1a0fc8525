import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_CALLS } from '../../local/demo/demo-calls.ts';
import { runDemo } from '../../local/demo/run-demo.ts';
import { DEFAULT_CALLEES } from '../../local/emulator/core/default-callees.ts';
import { openStage, type Stage } from '../rehearsal/stage.ts';

describe('the calls of the demonstration, by the shipped flows and with callees of every kind', () => {
  let stage: Stage;
  const printed: string[] = [];

  beforeAll(async () => {
    // Of the faults, those that leave no outcome open: what a flow comes to is then the callee's doing alone.
    const faults = { requests: { throttle: 0.1 }, callbacks: { duplicate: 0.3, reorder: 0.2 } };
    stage = await openStage({
      seed: 3,
      speed: 2,
      faults,
      callees: DEFAULT_CALLEES,
      settings: { CALLER_ID: '+18335550100' },
    });
    await runDemo(DEMO_CALLS, {
      appUrl: stage.app.url,
      stop: new AbortController().signal,
      screen: { print: line => printed.push(line), show: () => undefined, isLive: false },
    });
  }, 180_000);

  afterAll(() => stage.close());

  it('all come to the end that their callees lead them to', () => {
    expect(printed.slice(-4).map(line => line.replace(/\s+/g, ' '))).toEqual([
      'appointment-reminder 1 confirmed, 1 agent, 3 no-answer, 3 nothing chosen',
      'outage-notification 2 acknowledged, 1 no-answer, 2 not acknowledged',
      'interactive-menu 1 accepted: 12, 1 wrong-input, 1 accepted: 1, 1 no-input',
      'conversation-monitor 2 3 were there',
    ]);
  });

  it('dial again where nobody acknowledged', () => {
    expect(printed.filter(line => line.startsWith('outage') && line.includes('(call 2)'))).not.toEqual([]);
  });
});
