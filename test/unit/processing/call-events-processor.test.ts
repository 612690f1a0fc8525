import { describe, expect, it } from 'vitest';
import { decodeCallEvents } from '../../../shared/queues/call-events-message.ts';
import { eventsOf, nineElements, RECEIVED_AT, rosterOf, textOf } from '../../support/call-elements.ts';
import { atSecond, CALL_KEY } from '../../support/call-events.ts';
import { expectRecorded } from '../../support/expect-recorded.ts';
import {
  Crash,
  crashAt,
  Faults,
  failAt,
  failWhere,
  type PortRequest,
  refusal,
  unavailable,
} from '../../support/faults.ts';
import { type Instance, MemoryWorld } from '../../support/memory-world.ts';
import { dtmfReceived, element } from '../../support/preview-2021-04-elements.ts';

const INSERTED_AT = atSecond(700);
const NINE = eventsOf(nineElements());
const FOREIGN = element(
  'CallLegStateChanged',
  { ConversationId: null, CallState: 'Established' },
  { callLegId: 'another-leg' },
);

const isTable = ({ port }: PortRequest) => port === 'calls' || port === 'index';

function startWith(plan: Faults['plan']): { readonly world: MemoryWorld; readonly instance: Instance } {
  const world = new MemoryWorld();
  return { world, instance: world.startInstance(new Faults({ plan })) };
}

async function parkedIn({ parked }: Instance) {
  return (await parked.list({ limit: 100 })).items;
}

describe('CallEventsProcessor', () => {
  it('records the events of a message and says so', async () => {
    const { world, instance } = startWith(() => undefined);
    world.clock.nowMs = Date.parse(RECEIVED_AT) + 1_500;

    await instance.processor.process(textOf(CALL_KEY, nineElements()), INSERTED_AT);

    await expectRecorded(world.tables, CALL_KEY, NINE);
    expect(instance.logged).toEqual([
      {
        id: 200,
        name: 'eventsCommitted',
        level: 'info',
        fields: {
          callKey: CALL_KEY,
          events: 9,
          committedTogether: 9,
          duplicates: 0,
          conflicts: 0,
          state: 'disconnected',
          ageMs: 1_500,
          pickUpMs: 1_500,
        },
      },
    ]);
  });

  it('records a message of many events in several transactions', async () => {
    const { world, instance } = startWith(() => undefined);
    const tones = Array.from({ length: 100 }, (_, index) => dtmfReceived(index, 'Tone1', atSecond(index)));

    await instance.processor.process(textOf(CALL_KEY, tones), INSERTED_AT);

    await expectRecorded(world.tables, CALL_KEY, eventsOf(tones));
    expect(instance.faults.count(({ port, operation }) => port === 'calls' && operation === 'commit')).toBe(
      4,
    );
  });

  it('shares one transaction among the messages of a call that come together', async () => {
    const { world, instance } = startWith(() => undefined);

    await Promise.all(
      nineElements().map(each => instance.processor.process(textOf(CALL_KEY, [each]), INSERTED_AT)),
    );

    await expectRecorded(world.tables, CALL_KEY, NINE);
    expect(instance.faults.count(({ port, operation }) => port === 'calls' && operation === 'commit')).toBe(
      1,
    );
  });

  it('does nothing for a message without events', async () => {
    const { instance } = startWith(() => undefined);

    await instance.processor.process(textOf(CALL_KEY, []), INSERTED_AT);

    expect(instance.faults.requests).toEqual([]);
  });

  describe('when storage fails for the moment', () => {
    it('puts the message again with a longer delay each time, and is done with it', async () => {
      const { world, instance } = startWith(failWhere(isTable));
      await world.callEvents.put(textOf(CALL_KEY, nineElements()));

      const delays: number[] = [];
      for (let attempt = 0; attempt < 10; attempt++) {
        await world.work(instance);
        expect(world.callEvents.size).toBe(1);
        const startMs = world.clock.nowMs;
        while ((await world.callEvents.oldestInsertedAt()) === undefined) world.clock.nowMs += 1_000;
        delays.push((world.clock.nowMs - startMs) / 1_000);
      }

      expect(delays).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 150, 150]);
      const [waiting] = await world.callEvents.receive(1, 30);
      expect(waiting?.dequeueCount).toBe(1);
      expect(decodeCallEvents(waiting?.text ?? '')).toMatchObject({ attempt: 10, elements: nineElements() });
      expect(instance.logged.map(({ name, fields }) => [name, fields['attempt']])).toEqual(
        delays.map((_, attempt) => ['messageDelayed', attempt]),
      );
    });

    it('waits as long as the service asks for', async () => {
      const { instance } = startWith(failWhere(isTable, { error: unavailable(45_000) }));

      await instance.processor.process(textOf(CALL_KEY, nineElements()), INSERTED_AT);

      expect(instance.logged[0]?.fields).toMatchObject({ delaySeconds: 45 });
    });

    it('recovers by itself once storage does', async () => {
      const { world, instance } = startWith(failWhere(isTable, { times: 12 }));
      for (const each of nineElements()) await world.callEvents.put(textOf(CALL_KEY, [each]));

      await world.workOff(instance);

      await expectRecorded(world.tables, CALL_KEY, NINE);
      expect(await parkedIn(instance)).toEqual([]);
    });

    it('throws when the message cannot be put again either, so that the host keeps it', async () => {
      const { world, instance } = startWith(
        failWhere(request => isTable(request) || request.operation === 'put'),
      );

      await expect(instance.processor.process(textOf(CALL_KEY, nineElements()), INSERTED_AT)).rejects.toThrow(
        '503',
      );
      expect(world.callEvents.size).toBe(0);
      expect(await parkedIn(instance)).toEqual([]);
    });

    it('puts a message again whose foreign event could not be parked', async () => {
      const { world, instance } = startWith(failWhere(({ port }) => port === 'parked', { times: 1 }));
      await world.callEvents.put(textOf(CALL_KEY, [...nineElements(), FOREIGN]));

      await world.workOff(instance);

      await expectRecorded(world.tables, CALL_KEY, NINE);
      expect(await parkedIn(instance)).toMatchObject([{ reason: 'foreignId' }]);
    });
  });

  describe('parks', () => {
    it('what storage refuses for good, element by element, at first sight', async () => {
      const { world, instance } = startWith(failWhere(({ port }) => port === 'calls', { error: refusal() }));

      await instance.processor.process(textOf(CALL_KEY, nineElements()), INSERTED_AT);

      const parked = await parkedIn(instance);
      expect(parked).toHaveLength(9);
      expect(parked[0]).toMatchObject({
        reason: 'refused',
        kind: 'element',
        detail: '413 RequestBodyTooLarge',
        callKey: CALL_KEY,
        receivedAt: RECEIVED_AT,
      });
      expect(world.callEvents.size).toBe(0);
    });

    it('only the message that storage refuses, of those that come together', async () => {
      const [bad] = eventsOf([nineElements()[0]]);
      const { world, instance } = startWith(
        failWhere(
          ({ operation, rowKeys }) =>
            operation === 'commit' && rowKeys?.includes(`j~${bad?.fingerprint}`) === true,
          { error: refusal() },
        ),
      );

      await Promise.all(
        nineElements().map(each => instance.processor.process(textOf(CALL_KEY, [each]), INSERTED_AT)),
      );

      await expectRecorded(world.tables, CALL_KEY, NINE.slice(1));
      expect(await parkedIn(instance)).toMatchObject([
        { reason: 'refused', text: JSON.stringify(nineElements()[0]) },
      ]);
    });

    it.each(['', 'hello', '{"v":2}', '💡', textOf(CALL_KEY, [rosterOf(350, 1)]).slice(0, -30)])(
      'a text that is no message: %.20s',
      async text => {
        const { instance } = startWith(() => undefined);

        await instance.processor.process(text, INSERTED_AT);

        expect(await parkedIn(instance)).toMatchObject([
          { reason: 'undecodable', kind: 'message', callKey: null, receivedAt: INSERTED_AT, text },
        ]);
      },
    );

    it('an element that this version cannot read, and records the others', async () => {
      const { world, instance } = startWith(() => undefined);
      const malformed = element('CallLegStateChanged', {});

      await instance.processor.process(
        textOf(CALL_KEY, [{ future: true }, ...nineElements(), malformed]),
        INSERTED_AT,
      );

      await expectRecorded(world.tables, CALL_KEY, NINE);
      const parked = await parkedIn(instance);
      expect(parked.map(({ reason, kind }) => `${reason} ${kind}`)).toEqual([
        'malformed element',
        'malformed element',
      ]);
    });

    it('an event of another call once, however often it is delivered', async () => {
      const { world, instance } = startWith(() => undefined);
      const text = textOf(CALL_KEY, [...nineElements(), FOREIGN]);

      for (let delivery = 0; delivery < 3; delivery++) await instance.processor.process(text, INSERTED_AT);
      await world.startInstance().processor.process(text, INSERTED_AT);

      await expectRecorded(world.tables, CALL_KEY, NINE);
      expect(await parkedIn(instance)).toMatchObject([
        { reason: 'foreignId', callKey: CALL_KEY, text: JSON.stringify(FOREIGN) },
      ]);
    });

    it('an event of another call from whichever transaction of its message', async () => {
      const { instance } = startWith(() => undefined);
      const tones = Array.from({ length: 60 }, (_, index) => dtmfReceived(index, 'Tone1', atSecond(index)));

      await instance.processor.process(textOf(CALL_KEY, [...nineElements(), FOREIGN, ...tones]), INSERTED_AT);

      expect(await parkedIn(instance)).toMatchObject([
        { reason: 'foreignId', text: JSON.stringify(FOREIGN) },
      ]);
    });

    it('an event of another call for its own message alone, when messages are committed together', async () => {
      const { instance } = startWith(() => undefined);

      await Promise.all([
        instance.processor.process(textOf(CALL_KEY, nineElements()), INSERTED_AT),
        instance.processor.process(textOf(CALL_KEY, [FOREIGN]), INSERTED_AT),
      ]);

      expect(await parkedIn(instance)).toHaveLength(1);
      expect(instance.logged.filter(({ name }) => name === 'thingParked')).toHaveLength(1);
    });
  });

  it('throws errors of the program, so that the host counts its tries', async () => {
    const { world, instance } = startWith(failWhere(isTable, { error: new Crash('a bug') }));

    await expect(instance.processor.process(textOf(CALL_KEY, nineElements()), INSERTED_AT)).rejects.toThrow(
      'a bug',
    );
    expect(world.callEvents.size).toBe(0);
  });

  describe('loses nothing', () => {
    const messages = [
      nineElements().slice(0, 3),
      [...nineElements().slice(2, 6), FOREIGN],
      nineElements().slice(6),
      [rosterOf(100, 12)],
    ];
    const expected = eventsOf([...nineElements(), rosterOf(100, 12)]);

    async function fill(world: MemoryWorld): Promise<void> {
      for (const elements of messages) await world.callEvents.put(textOf(CALL_KEY, elements));
    }

    /** Enough for every request that the first round of work sends, and some of the next. */
    async function requestsOfAll(): Promise<number> {
      const { world, instance } = startWith(() => undefined);
      await fill(world);
      await world.workOff(instance);
      return instance.faults.requests.length + 1;
    }

    async function expectAll(world: MemoryWorld): Promise<void> {
      await expectRecorded(world.tables, CALL_KEY, expected);
      expect(await parkedIn(world.startInstance())).toMatchObject([
        { reason: 'foreignId', text: JSON.stringify(FOREIGN) },
      ]);
    }

    it.each(['before', 'after'] as const)('when any request fails %s it took effect', async when => {
      const requests = await requestsOfAll();
      for (let at = 1; at <= requests; at++) {
        const { world, instance } = startWith(failAt(at, when));
        await fill(world);

        await world.workOff(instance);

        await expectAll(world);
      }
    });

    it.each(['before', 'after'] as const)('when the process dies %s any request', async when => {
      const requests = await requestsOfAll();
      for (let at = 1; at <= requests; at++) {
        const { world, instance: dying } = startWith(crashAt(at, when));
        await fill(world);
        await world.work(dying);

        await world.workOff(world.startInstance());

        await expectAll(world);
      }
    });

    it.each([0, 1, 2, 3, 4, 5, 6, 7])(
      'when every request has one chance in three to fail, run %i',
      async seed => {
        let state = seed + 1;
        const { world, instance } = startWith(({ number }) => {
          state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
          if (number > 400 || (state >>> 16) % 3 !== 0) return undefined;
          return { when: (state >>> 20) % 2 === 0 ? 'before' : 'after', error: unavailable() };
        });
        await fill(world);
        await fill(world);

        await world.workOff(instance);

        await expectAll(world);
      },
    );
  });
});
