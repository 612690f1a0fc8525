import fc from 'fast-check';
import { fixtureNames, loadFixture } from '../load-fixture.ts';

const FOLDERS = [
  'preview-2021-04/seed',
  'preview-2021-04/call-481f3600',
  'preview-2021-08',
  'ga',
  'event-grid',
];
/** An event of any dialect as it comes. */
export const FIXTURES: readonly unknown[] = FOLDERS.flatMap(folder =>
  fixtureNames(folder).flatMap(name => loadFixture(`${folder}/${name}`)),
);

type Container = Record<string, unknown>;

/** An event of any dialect with one to three of its members, at any depth, deleted or replaced. */
export function mutatedFixture(): fc.Arbitrary<unknown> {
  return fc
    .record({
      fixture: fc.constantFrom(...FIXTURES),
      mutations: fc.array(fc.record({ where: fc.nat(), what: replacement() }), {
        minLength: 1,
        maxLength: 3,
      }),
    })
    .map(({ fixture, mutations }) => {
      const wire = structuredClone(fixture);
      for (const { where, what } of mutations) mutate(wire, where, what);
      return wire;
    });
}

const DELETED = Symbol('deleted');

/** What a sender with a fault may put there: nothing, a near miss, or anything at all. */
function replacement(): fc.Arbitrary<unknown> {
  const nearMisses = [
    null,
    '',
    '0',
    'Completed',
    'Tone5',
    'Unhold',
    0,
    -1,
    8508,
    1e300,
    true,
    [],
    {},
    [null],
  ];
  return fc.oneof(
    fc.constant(DELETED),
    fc.constantFrom<unknown>(...nearMisses),
    fc.jsonValue({ maxDepth: 2 }),
    fc.string({ unit: 'binary', maxLength: 40 }),
  );
}

function mutate(wire: unknown, where: number, what: unknown): void {
  const places = placesIn(wire);
  const place = places[where % Math.max(places.length, 1)];
  if (place === undefined) return;
  const [container, key] = place;
  if (what === DELETED) delete container[key];
  // A copy: the same list put into itself would have no end.
  else container[key] = structuredClone(what);
}

function placesIn(value: unknown): [container: Container, key: string][] {
  if (typeof value !== 'object' || value === null) return [];
  const container = value as Container;
  return Object.keys(container).flatMap(key => [
    [container, key] as [Container, string],
    ...placesIn(container[key]),
  ]);
}
