import { describe, expect, it } from 'vitest';
import {
  answering,
  BOB,
  connectedCall,
  prompt,
  virtualExchange,
} from '../../../support/emulator/virtual-exchange.ts';

describe('a callee with a script', () => {
  it.each([
    {
      name: 'presses keys in reply to each prompt by its number',
      steps: [
        { on: 'prompt', nth: 1, afterSeconds: 1.5, press: '1' },
        { on: 'prompt', nth: 2, afterSeconds: 1, press: '2#' },
      ] as const,
      expected: [
        '3 play p1 running',
        '4.5 tone 1 #1',
        '7 play p1 completed 200/0',
        '8 play p1 running',
        '9 tone 2 #2',
        '9.3 tone # #3',
        '12 play p1 completed 200/0',
      ],
    },
    {
      name: 'hangs up in the middle of a prompt',
      steps: [{ on: 'prompt', nth: 1, afterSeconds: 1, do: 'hangUp' }] as const,
      expected: [
        '3 play p1 running',
        '4 roster app',
        '4 play p1 cancelled 400/8508',
        '4 disconnecting on a conversation',
        '4.3 disconnected on a conversation',
      ],
    },
    {
      name: 'hangs up after a tone',
      steps: [
        { on: 'connected', afterSeconds: 2, press: '9' },
        { on: 'tone', nth: 1, afterSeconds: 0.5, do: 'hangUp' },
      ] as const,
      expected: [
        '3 play p1 running',
        '4 tone 9 #1',
        '4.5 roster app',
        '4.5 play p1 cancelled 400/8508',
        '4.5 disconnecting on a conversation',
        '4.8 disconnected on a conversation',
      ],
    },
    {
      name: 'mutes and unmutes',
      steps: [
        { on: 'connected', afterSeconds: 2, do: 'mute' },
        { on: 'connected', afterSeconds: 3, do: 'unmute' },
      ] as const,
      expected: [
        '3 play p1 running',
        `4 roster app, ${BOB} (muted)`,
        `5 roster app, ${BOB}`,
        '7 play p1 completed 200/0',
        '8 play p1 running',
        '12 play p1 completed 200/0',
      ],
    },
  ])('$name', ({ steps, expected }) => {
    const { exchange, callId, clock, news } = connectedCall(answering(...steps));

    exchange.play(callId, prompt('https://x.invalid/4'));
    clock.turn(5);
    exchange.play(callId, prompt('https://x.invalid/4'));
    clock.turn(5);

    expect(news()).toEqual(expected);
  });

  it('takes its time between two bounds, the same for the same seed', () => {
    const times = [1, 1, 2].map(seed => {
      const script = { pickUp: 'answer' as const, afterSeconds: [1, 50] satisfies [number, number] };
      const { place, clock, events } = virtualExchange({ callees: [{ match: '*', script }] }, seed);
      place([BOB]);
      clock.turn(60);
      return events[1]?.at.ms;
    });

    expect(times[0]).toBe(times[1]);
    expect(times[0]).not.toBe(times[2]);
  });
});
