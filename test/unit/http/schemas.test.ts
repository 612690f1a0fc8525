import { describe, expect, expectTypeOf, it } from 'vitest';
import type * as z from 'zod';
import { TO_PAYLOAD } from '../../../shared/dialects/preview-2021-04/to-payload.ts';
import type { EventPayload, EventType, PayloadOf } from '../../../shared/domain/call-event.ts';
import type { EventTime } from '../../../shared/domain/event-time.ts';
import { callSummary, callView, journalView } from '../../../shared/http/call-view.ts';
import type { parkedView } from '../../../shared/http/parked-view.ts';
import { callSchema, callSummarySchema } from '../../../shared/http/schemas/call-schema.ts';
import { callbackBodySchema, WIRE_EVENTS } from '../../../shared/http/schemas/callback-body-schema.ts';
import type { healthSchema } from '../../../shared/http/schemas/health-schema.ts';
import { journalEntrySchema } from '../../../shared/http/schemas/journal-entry-schema.ts';
import type { parkedSchema } from '../../../shared/http/schemas/parked-schema.ts';
import { PAYLOADS } from '../../../shared/http/schemas/payload-schemas.ts';
import type { problemSchema } from '../../../shared/http/schemas/problem-schema.ts';
import type { receivedSchema } from '../../../shared/http/schemas/received-schema.ts';
import type { Problem } from '../../../shared/problems/problem.ts';
import type { Health } from '../../../shared/processing/check-health.ts';
import type { Received } from '../../../shared/processing/queue-sorted.ts';
import { atSecond, callEvent, eventOfElement, fold } from '../../support/call-events.ts';
import { fixtureNames, loadFixture } from '../../support/load-fixture.ts';

/** A type as JSON has it: times are texts, and nothing is read-only. */
type Plain<T> = T extends EventTime
  ? string
  : T extends object
    ? { -readonly [K in keyof T]: Plain<T[K]> }
    : T;

type SaidBy<Type extends EventType> = Plain<Omit<PayloadOf<Type>, 'type'>>;

const OF_2021_04 = ['preview-2021-04/call-481f3600', 'preview-2021-04/seed'];
const FOLDERS = [...OF_2021_04, 'preview-2021-08', 'ga', 'event-grid'];
const elementsIn = (folders: readonly string[]) =>
  folders.flatMap(folder =>
    fixtureNames(folder).map(name => ({ name: `${folder}/${name}`, element: loadElement(folder, name) })),
  );
const ELEMENTS = elementsIn(FOLDERS);

/** A fixture is an element, or an array of one. */
function loadElement(folder: string, name: string): unknown {
  const body = loadFixture(`${folder}/${name}`);
  return Array.isArray(body) ? body[0] : body;
}

describe('callSchema', () => {
  it('has the type of what is answered', () => {
    expectTypeOf<z.output<typeof callSchema>>().toEqualTypeOf<Plain<ReturnType<typeof callView>>>();
  });

  it('holds for every call of the fixtures', () => {
    for (const folder of FOLDERS) {
      const { call } = fold(fixtureNames(folder).map(name => eventOfElement(loadElement(folder, name))));
      expect(callSchema.parse(callView({ call, deliveries: {} }))).toEqual(
        callView({ call, deliveries: {} }),
      );
    }
  });

  it.each(ELEMENTS)('holds for a call of which only $name is known', ({ element }) => {
    const { call } = fold([eventOfElement(element)]);

    expect(callSchema.parse(callView({ call, deliveries: {} }))).toEqual(callView({ call, deliveries: {} }));
  });
});

describe('callSummarySchema', () => {
  it('has the type of what is answered', () => {
    expectTypeOf<z.output<typeof callSummarySchema>>().toEqualTypeOf<Plain<ReturnType<typeof callSummary>>>();
  });

  it.each(ELEMENTS)('holds for a call of which only $name is known', ({ element }) => {
    const { call } = fold([eventOfElement(element)]);

    expect(callSummarySchema.parse(callSummary(call))).toEqual(callSummary(call));
  });
});

describe('journalEntrySchema', () => {
  it('has the type of what is answered', () => {
    type Answered = Plain<ReturnType<typeof journalView>>;
    type Described = z.output<typeof journalEntrySchema>;

    expectTypeOf<Omit<Described, 'data'>>().toEqualTypeOf<Omit<Answered, 'data'>>();
    expectTypeOf<Answered['data']>().toExtend<Described['data']>();
  });

  it('describes the data of every type of event', () => {
    expectTypeOf<{
      -readonly [Type in keyof typeof PAYLOADS]: z.output<(typeof PAYLOADS)[Type]>;
    }>().toEqualTypeOf<{
      [Type in EventType]: SaidBy<Type>;
    }>();
  });

  it.each([...ELEMENTS, { name: 'an unknown event', element: unknownElement() }])(
    'holds for $name, the data in the shape of its type',
    ({ element }) => {
      const view = journalView({ number: 1, event: eventOfElement(element) });

      expect(journalEntrySchema.parse(view)).toEqual(view);
      expect(PAYLOADS[view.type].parse(view.data)).toEqual(view.data);
    },
  );
});

const OWN_EVENTS: readonly EventPayload[] = [
  { type: 'action.done', actionId: 'action-1' },
  { type: 'action.failed', actionId: 'action-1', reason: 'it was refused' },
  { type: 'action.unknown', actionId: 'action-1', reason: 'no answer' },
  { type: 'timer.fired', timerId: 'silence', generation: 2 },
  { type: 'call.lost', reason: 'quiet' },
];

describe('the events that Ringback adds by itself', () => {
  it.each(OWN_EVENTS)('hold for $type, and for no other type', payload => {
    const view = journalView({ number: 1, event: callEvent(atSecond(0), payload) });

    expect(journalEntrySchema.parse(view)).toEqual(view);
    expect(PAYLOADS[view.type].parse(view.data)).toEqual(view.data);
    expect(PAYLOADS['roster.snapshot'].safeParse(view.data).success).toBe(false);
  });
});

describe('the other schemas', () => {
  it('have the types of what is answered', () => {
    expectTypeOf<z.output<typeof parkedSchema>>().toEqualTypeOf<Plain<ReturnType<typeof parkedView>>>();
    expectTypeOf<z.output<typeof healthSchema>>().toEqualTypeOf<Plain<Health>>();
    expectTypeOf<z.output<typeof receivedSchema>>().toEqualTypeOf<Plain<Received>>();
    expectTypeOf<Omit<z.output<typeof problemSchema>, 'instance' | 'errors'>>().toEqualTypeOf<
      Plain<Omit<Problem, 'retryAfterSeconds' | 'errors'>>
    >();
    expectTypeOf<NonNullable<z.output<typeof problemSchema>['errors']>>().toEqualTypeOf<
      Plain<NonNullable<Problem['errors']>>
    >();
  });
});

describe('WIRE_EVENTS', () => {
  it('holds the event types that the dialect reads, and no others', () => {
    expect(
      Object.keys(WIRE_EVENTS)
        .map(type => type.toLowerCase())
        .toSorted(),
    ).toEqual([...TO_PAYLOAD.keys()].toSorted());
  });

  it.each(elementsIn(OF_2021_04))('describes $name as it came', ({ element }) => {
    const { eventType } = element as { eventType: string };
    const schema = WIRE_EVENTS[eventType.replace('Microsoft.Communication.', '')];

    expect(schema?.parse(element)).toEqual(element);
  });
});

describe('callbackBodySchema', () => {
  it.each([
    ['one event', ELEMENTS[0]?.element],
    ['an array of all', ELEMENTS.map(({ element }) => element)],
    ['an unknown event', unknownElement()],
  ])('holds for %s', (_, body) => {
    expect(callbackBodySchema.parse(body)).toEqual(body);
  });

  it('does not hold for an empty array', () => {
    expect(callbackBodySchema.safeParse([]).success).toBe(false);
  });
});

function unknownElement() {
  return {
    id: 'event-1',
    subject: 'callLeg/leg-1/new',
    eventType: 'Microsoft.Communication.SomethingNew',
    eventTime: '2021-05-05T20:08:39Z',
    data: { callLegId: 'leg-1', anything: [1] },
  };
}
