import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GaClient } from '../../../../shared/actions/ga/ga-client.ts';
import type { ActionInput } from '../../../../shared/actions/vocabulary/action-schema.ts';
import { eventTimeOf, systemClock } from '../../../../shared/clock.ts';
import { BOB, type GaWorld, LINE, NEVER, startGaWorld } from '../../../support/emulator/ga-world.ts';
import { sendOf } from '../../../support/preview-actions.ts';

let world: GaWorld;
let client: GaClient;
beforeAll(async () => {
  world = await startGaWorld();
  const [, key = ''] = /accesskey=(.+)$/.exec(world.emulator.connectionString) ?? [];
  client = new GaClient({ endpoint: world.emulator.url, credential: { key } }, { clock: systemClock });
});
afterAll(async () => {
  client.close();
  await world.close();
});

function send(action: ActionInput, actionId: string, wireId: string | null = null) {
  const callbackUri = world.callbackUri('product');
  const firstSentAt = eventTimeOf(Date.now());
  return sendOf(action, { dialect: 'ga', actionId, wireId, callbackUri, firstSentAt });
}

describe('the client of the product', () => {
  it('places a call once however often it asks, looks at it, and ends it', async () => {
    const place = send({ kind: 'placeCall', to: BOB, callerId: LINE }, 'place');

    const placed = [await client.perform(place), await client.perform(place)];
    const [first] = placed;
    const wireId = first?.kind === 'done' ? (first.wireId ?? null) : null;
    await world.until('CallConnected place 200/0');
    await world.until('ParticipantsUpdated 200/0');
    const open = await client.ask({ wireId, dialect: 'ga' });
    const roster = await client.rosterOf({ wireId, dialect: 'ga' });
    const ended = await client.perform(send({ kind: 'endForAll' }, 'end', wireId));
    await world.until('CallDisconnected place 200/7000');

    const ids = { source: expect.stringMatching(/^8:acs:/) as string };
    expect(placed).toEqual(Array(2).fill({ kind: 'done', wireId, ids }));
    expect(open).toBe('open');
    expect(roster?.map(({ rawId }) => rawId)).toContain(`4:${BOB}`);
    expect(ended).toEqual({ kind: 'done' });
    expect(await client.ask({ wireId, dialect: 'ga' })).toBe('gone');
    expect((await world.control('GET', 'summary')).body).toMatchObject({ happened: { callPlaced: 1 } });
  });

  it('is told why not', async () => {
    const placed = await client.perform(send({ kind: 'placeCall', to: NEVER, callerId: LINE }, 'ringing'));
    const wireId = placed.kind === 'done' ? (placed.wireId ?? null) : null;
    const early = await client.perform(send({ kind: 'playText', text: 'Hello' }, 'early', wireId));
    const nowhere = await client.perform(send({ kind: 'playText', text: 'Hello' }, 'late', 'nowhere'));

    expect([early.kind, nowhere.kind]).toEqual(['refused', 'refused']);
    expect(early).toMatchObject({ reason: expect.stringContaining('8501') as unknown });
  });
});
