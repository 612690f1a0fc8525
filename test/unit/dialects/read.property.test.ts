import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dialectNamed, dialectOf } from '../../../shared/dialects/dialects.ts';
import { fingerprintOf } from '../../../shared/dialects/fingerprint.ts';
import { DIALECT_NAMES } from '../../../shared/domain/call-event.ts';
import { mutatedFixture } from '../../support/arbitraries/mutated-fixture.ts';
import { oddElement } from '../../support/arbitraries/odd-elements.ts';
import { eventOfElement, fold } from '../../support/call-events.ts';

describe('every dialect', () => {
  it('never throws on any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), value => {
        for (const name of DIALECT_NAMES) {
          expect(typeof dialectNamed(name)?.recognises(value)).toBe('boolean');
          expect(typeof dialectNamed(name)?.read(value).ok).toBe('boolean');
        }
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['a damaged event', mutatedFixture()],
    ['an event in disguise', oddElement()],
  ])('reads %s, or points into it at what is wrong', (_, element) => {
    fc.assert(
      fc.property(element, wire => {
        const result = dialectOf(wire)?.read(wire);

        // Without its type it is no event.
        if (result === undefined) return;
        if (result.ok) {
          expect(result.event.at).toHaveLength(28);
          expect(fingerprintOf(result.event)).toMatch(/^[\w-]{22}$/);
          expect(fold([eventOfElement(wire)]).call.state).toBeTypeOf('string');
          return;
        }
        expect(result.issues.length).toBeGreaterThan(0);
        for (const { pointer, message } of result.issues) {
          expect(isContainer(containerAt(wire, pointer)), pointer).toBe(true);
          expect(message).not.toBe('');
        }
      }),
      { numRuns: 3000 },
    );
  });
});

/** What holds the member that a pointer points at; the member itself may be what is missing. */
function containerAt(value: unknown, pointer: string): unknown {
  if (pointer === '') return [value];
  expect(pointer.startsWith('/')).toBe(true);
  const keys = pointer
    .split('/')
    .slice(1, -1)
    .map(key => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  return keys.reduce(
    (at: unknown, key) => (isContainer(at) ? (at as Readonly<Record<string, unknown>>)[key] : undefined),
    value,
  );
}

function isContainer(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
