import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interactiveMenu } from '../../../flows/interactive-menu.ts';
import { readIncomingRoutes } from '../../../shared/actions/incoming-routes.ts';
import { eventTimeOf } from '../../../shared/clock.ts';
import { flowLookup } from '../../../shared/flows/flow-lookup.ts';
import { callView, journalView } from '../../../shared/http/call-view.ts';
import { callSchema } from '../../../shared/http/schemas/call-schema.ts';
import { journalEntrySchema } from '../../../shared/http/schemas/journal-entry-schema.ts';
import { CallEventsProcessor } from '../../../shared/processing/call-events-processor.ts';
import { processCallMessage } from '../../../shared/processing/process-call-message.ts';
import { readElements } from '../../../shared/processing/read-elements.ts';
import { receiveCallback } from '../../../shared/processing/receive-callback.ts';
import { receiveEventGrid } from '../../../shared/processing/receive-event-grid.ts';
import { replayParked } from '../../../shared/processing/replay-parked.ts';
import { type CallEventsMessage, decodeCallEvents } from '../../../shared/queues/call-events-message.ts';
import { ALL_CALLS, JOURNAL_ROWS } from '../../../shared/store/keys.ts';
import { oddElement } from '../../support/arbitraries/odd-elements.ts';
import { RECEIVED_AT } from '../../support/call-elements.ts';
import { atSecond, CALL_KEY, callEvent } from '../../support/call-events.ts';
import { type Instance, MemoryWorld } from '../../support/memory-world.ts';

/** With the key of a call that a flow runs, of nobody's call, of Event Grid. */
const WAYS = ['own', 'nobody', 'event-grid'] as const;

const ROUTES = readIncomingRoutes('[{"action":"answer","to":"*"}]');

/** From one round to the next; in all of them a flow's timers come due. */
const ROUND_MS = 5_000;
const ROUNDS = 30;

describe('any payload that is acknowledged', () => {
  it('is recorded or parked, and stops no worker, whatever it holds', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(oddElement(), { minLength: 1, maxLength: 4 }),
        fc.constantFrom(...WAYS),
        async (elements, way) => {
          const world = new MemoryWorld({ flows: flowLookup([interactiveMenu]) });
          const instance = world.startInstance();
          if (way === 'own') await placeCall(instance);

          const answer = await receive(instance, elements, way);

          expect(answer.accepted + answer.parked).toBe(answer.isTaken ? elements.length : 0);
          const messages = await workOff(world, instance);
          await expectKept(world, instance, messages);
          await expectShown(world, instance);
          for (const item of await parkedIn(instance)) await replayParked(instance, item);
          await workOff(world, instance);
        },
      ),
      { numRuns: 300 },
    );
  }, 30_000);
});

async function placeCall({ worker }: Instance): Promise<void> {
  const action = {
    kind: 'placeCall',
    arguments: { to: ['4:+14255550142'], events: ['toneReceived'] },
  } as const;
  const { name, version, example: input } = interactiveMenu;
  const flow = { name, version, input };
  const requested = { type: 'call.requested', actionId: 'place', action, flow } as const;
  const event = callEvent(atSecond(0), requested);
  await worker.record(CALL_KEY, { events: [{ ...event, receivedAt: RECEIVED_AT, wireId: null }] });
}

async function receive(instance: Instance, elements: readonly unknown[], way: (typeof WAYS)[number]) {
  const receipt = { body: JSON.stringify(elements), receivedAt: RECEIVED_AT, traceparent: null };
  const ports = { ...instance, settings: { eventGridTopics: [] } };
  const result =
    way === 'event-grid'
      ? await receiveEventGrid(ports, receipt)
      : await receiveCallback(ports, { ...receipt, callKey: way === 'own' ? CALL_KEY : undefined });
  const told = !result.ok ? undefined : 'received' in result ? result.received : result.answer;
  return told !== undefined && 'accepted' in told
    ? { isTaken: true, accepted: told.accepted, parked: told.parked.length }
    : { isTaken: false, accepted: 0, parked: 0 };
}

/** As the host does it, but that nothing is caught: what is thrown here would come back until it is poison. */
async function workOff(world: MemoryWorld, instance: Instance): Promise<CallEventsMessage[]> {
  const incoming = async () => ({ routes: ROUTES.ok ? ROUTES.routes : [], callerDefaults: {} });
  const processor = new CallEventsProcessor({ ...instance, incoming, clock: world.clock });
  const seen: CallEventsMessage[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const message of await world.callEvents.receive(32, 30)) {
      const text = message.text ?? message.raw;
      const decoded = decodeCallEvents(text);
      if (decoded !== undefined) seen.push(decoded);
      await processor.process(text, eventTimeOf(message.insertedAt.getTime()));
      await world.callEvents.delete(message);
    }
    for (const queue of [world.callActions, world.callAlarms]) {
      for (const { text, raw, insertedAt, ...message } of await queue.receive(32, 30)) {
        const delivery = { text: text ?? raw, insertedAt: eventTimeOf(insertedAt.getTime()) };
        await processCallMessage(instance, queue, delivery);
        await queue.delete(message);
      }
    }
    world.clock.nowMs += ROUND_MS;
  }
  expect(world.callEvents.size).toBe(0);
  return seen;
}

/** Every event of a message is in a journal, by its fingerprint, or its element is parked. */
async function expectKept(
  world: MemoryWorld,
  instance: Instance,
  messages: readonly CallEventsMessage[],
): Promise<void> {
  const { rows } = await world.tables.calls.list({ partition: ALL_CALLS, rows: JOURNAL_ROWS });
  const recorded = new Set(rows.map(({ rowKey }) => rowKey.slice(2)));
  const parked = new Set((await parkedIn(instance)).map(({ text }) => text));
  for (const message of messages) {
    const { elementOf, unreadable } = readElements(message);
    expect(unreadable).toEqual([]);
    for (const [fingerprint, element] of elementOf)
      expect(recorded.has(fingerprint) || parked.has(JSON.stringify(element))).toBe(true);
  }
}

/** Whatever was recorded can be shown as the API promises. */
async function expectShown(world: MemoryWorld, { calls }: Instance): Promise<void> {
  const { rows } = await world.tables.calls.list({ partition: ALL_CALLS, rows: { from: '!', to: '"' } });
  for (const { partitionKey } of rows) {
    const head = await calls.load(partitionKey);
    if (head !== undefined) callSchema.parse(JSON.parse(JSON.stringify(callView(head))));
    for (const entry of await calls.journal(partitionKey))
      journalEntrySchema.parse(JSON.parse(JSON.stringify(journalView(entry))));
  }
}

async function parkedIn({ parked }: Instance) {
  return (await parked.list({ limit: 100 })).items;
}
