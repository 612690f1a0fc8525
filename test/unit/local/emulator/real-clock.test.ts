import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { RealClock } from '../../../../local/emulator/real-clock.ts';

/** Keeps the machine from everything else. */
function block(ms: number): void {
  const untilMs = performance.now() + ms;
  while (performance.now() < untilMs);
}

describe('RealClock', () => {
  it('lets things happen in the order in which they are due, however late it comes to them', async () => {
    const clock = new RealClock(10);
    const happened: string[] = [];
    clock.after(200, () => happened.push('200'));
    block(15);
    clock.after(100, () => {
      happened.push('250');
      clock.after(30, () => happened.push('280'));
    });
    clock.after(200, () => happened.push('350'));
    clock.after(120, () => happened.push('cancelled')).cancel();

    block(60);
    await delay(30);

    expect(happened).toEqual(['200', '250', '280', '350']);
  });

  it('goes as many times faster as it is told, and stands still once it is stopped', async () => {
    const clock = new RealClock(1000);
    const startedAtMs = performance.now();

    await new Promise<void>(resolve => clock.after(10_000, resolve));
    expect(performance.now() - startedAtMs).toBeGreaterThanOrEqual(9);
    clock.after(0, () => expect.unreachable());
    clock.stop();

    await delay(20);
  });
});
