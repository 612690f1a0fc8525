import { describe, expect, it } from 'vitest';
import { eraseByParticipant } from '../../../shared/processing/erase-by-participant.ts';
import { mentionOf } from '../../../shared/processing/mention-of.ts';
import { encodeCallEvents } from '../../../shared/queues/call-events-message.ts';
import { crashAt, Faults } from '../../support/faults.ts';
import {
  allRows,
  CONNECTED,
  DISCONNECTED,
  rosterWith,
  textOfRow,
  UpkeepWorld,
} from '../../support/upkeep-world.ts';

const NUMBER = '+14255550142';
const RAW_ID = `4:${NUMBER}`;
const OTHER = '4:+142555501429';

/** Calls that mention the number each in another place, deflated ones among them, and others that do not. */
async function worldWithNumber(): Promise<UpkeepWorld> {
  const world = new UpkeepWorld();
  const others = Array.from({ length: 300 }, (_, index) => `8:acs:${index}-${'x'.repeat(200)}`);
  await world.tell('c1', rosterWith(RAW_ID, '8:acs:ann'));
  await world.tell('c1', DISCONNECTED);
  await world.tell('c2', rosterWith(...others, RAW_ID));
  await world.tell('c3', {
    type: 'participant.addFailed',
    operationContext: 'invite',
    result: null,
    participants: [RAW_ID],
  });
  await world.tell('c4', { type: 'unknown', wireType: 'New', raw: { who: { number: NUMBER } } });
  await world.tell('c5', rosterWith(OTHER));
  await world.tell('c6', CONNECTED);
  world.decider = {
    version: 'invites',
    decide: (_call, signal) =>
      signal.type === 'connected'
        ? { actions: [{ kind: 'addParticipants', arguments: { participants: [{ phoneNumber: NUMBER }] } }] }
        : {},
  };
  await world.tell('c7', CONNECTED);
  await parkMentions(world, others);
  return world;
}

async function parkMentions(world: UpkeepWorld, others: readonly string[]): Promise<void> {
  const { parked } = world.start();
  const park = (parts: Parameters<UpkeepWorld['parkedThing']>[0]) => parked.park(world.parkedThing(parts));
  const element = { Participants: [...others, RAW_ID] };
  const message = {
    callKey: 'c9',
    receivedAt: world.now,
    attempt: 0,
    traceparent: null,
    elements: [element],
  };
  for (const text of encodeCallEvents(message).texts) {
    await park({ reason: 'gaveUp', kind: 'message', text });
  }
  const escaped = JSON.stringify({ to: NUMBER }).replace('+', String.raw`\u002B`);
  await park({ reason: 'undecodable', kind: 'message', text: escaped });
  await park({ text: JSON.stringify({ to: RAW_ID }) });
  await park({ text: JSON.stringify({ to: OTHER }) });
}

async function mentioning(world: UpkeepWorld): Promise<string[]> {
  const { calls, index, parked } = world.tables;
  const rows = (await Promise.all([calls, index, parked].map(allRows))).flat();
  const digits = /14255550142(?!\d)/;
  return rows
    .filter(({ values }) => digits.test(textOfRow(values)))
    .map(row => `${row.partitionKey}/${row.rowKey}`);
}

function mentions(text: string): boolean {
  return mentionOf(NUMBER)?.(text) ?? false;
}

describe('eraseByParticipant', () => {
  it('leaves no row that mentions the number, and all calls that do not', async () => {
    const world = await worldWithNumber();
    expect((await mentioning(world)).length).toBeGreaterThan(8);

    const erased = await eraseByParticipant(world.start(), mentions);

    expect(erased).toEqual({ calls: 5, parked: 3 });
    expect(await mentioning(world)).toEqual([]);
    for (const callKey of ['c1', 'c2', 'c3', 'c4', 'c7']) {
      expect(await world.head(callKey)).toBeUndefined();
      expect((await world.tables.calls.get(callKey, '!'))?.values['erasedAt']).toBe(world.now);
    }
    expect(await world.head('c5')).toBeDefined();
    expect(await world.head('c6')).toBeDefined();
    expect((await world.start().parked.list({ limit: 10 })).items).toHaveLength(1);
    const listed = await allRows(world.tables.index);
    expect(new Set(listed.map(({ values }) => values['callKey']))).toEqual(new Set(['c5', 'c6']));
  });

  it('only counts when it is told to', async () => {
    const world = await worldWithNumber();
    const before = await mentioning(world);

    expect(await eraseByParticipant(world.start(), mentions, { isDryRun: true })).toEqual({
      calls: 5,
      parked: 3,
    });

    expect(await mentioning(world)).toEqual(before);
  });

  it('erases an open call for good: what comes of it later is dropped', async () => {
    const world = await worldWithNumber();
    await eraseByParticipant(world.start(), mentions);

    await world.tell('c7', rosterWith(RAW_ID));

    expect(await mentioning(world)).toEqual([]);
  });

  it('ends right whatever request it dies at', async () => {
    for (const when of ['before', 'after'] as const) {
      for (let number = 1; ; number++) {
        const world = new UpkeepWorld();
        const others = Array.from({ length: 110 }, (_, index) => `8:acs:${index}`);
        await world.tell('c1', rosterWith(...others, RAW_ID));
        await world.tell('c2', rosterWith(RAW_ID));
        await parkMentions(world, others);
        const faults = new Faults({ plan: crashAt(number, when) });
        await eraseByParticipant(world.start(faults), mentions).catch(() => undefined);
        const hasDied = faults.requests.length >= number;

        await eraseByParticipant(world.start(), mentions);

        expect(await mentioning(world), `died ${when} request ${number}`).toEqual([]);
        expect((await allRows(world.tables.calls)).map(row => `${row.partitionKey}${row.rowKey}`)).toEqual([
          'c1!',
          'c2!',
        ]);
        if (!hasDied) break;
      }
    }
  });
});
