import { describe, expect, it } from 'vitest';
import { parkGivenUp } from '../../../shared/processing/park-given-up.ts';
import { nineElements, textOf } from '../../support/call-elements.ts';
import { CALL_KEY } from '../../support/call-events.ts';
import { UpkeepWorld } from '../../support/upkeep-world.ts';

describe('parkGivenUp', () => {
  it.each([
    '',
    'hello',
    JSON.stringify({ v: 1, callKey: 'a'.repeat(40_000) }),
    textOf(CALL_KEY, nineElements()).replace(CALL_KEY, 'a'.repeat(40_000)),
    '\ufffd'.repeat(49_000),
  ])('never fails for what a message holds: %.30j', async text => {
    const world = new UpkeepWorld();
    const ports = world.start();

    await parkGivenUp(ports, text, world.now);

    expect((await ports.parked.list({ limit: 10 })).items).toMatchObject([
      { text, reason: 'undecodable', callKey: null },
    ]);
  });
});
