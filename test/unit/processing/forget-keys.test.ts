import { expect, it } from 'vitest';
import { forgetKeys } from '../../../shared/processing/forget-keys.ts';
import { Idempotency, REMEMBERED_MS } from '../../../shared/store/idempotency.ts';
import { Progress } from '../../../shared/store/progress.ts';
import { atSecond } from '../../support/call-events.ts';
import { MemoryWorld } from '../../support/memory-world.ts';

it('forgets the keys that are remembered no more, and no other', async () => {
  const { tables, clock } = new MemoryWorld();
  const idempotency = new Idempotency(tables.index);
  const remember = (key: string, second: number) =>
    idempotency.remember({ key, scope: 'place', requestHash: 'h', callKey: key, now: atSecond(second) });
  await remember('old', 0);
  await remember('young', 1);
  clock.nowMs = Date.parse(atSecond(0)) + REMEMBERED_MS;

  const ports = {
    requests: { idempotency },
    progress: new Progress(tables.index),
    clock,
    log: () => undefined,
  };
  expect(await forgetKeys(ports)).toBe('finished');

  const { rows } = await tables.index.list({ partition: { from: 'k~', to: 'k~~' } });
  expect(rows.map(({ values }) => values['callKey'])).toEqual(['young']);
});
