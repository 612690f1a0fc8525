import { describe, expect, it } from 'vitest';
import { dialectOf } from '../../../../shared/dialects/dialects.ts';
import { ga } from '../../../../shared/dialects/ga/ga.ts';
import { fixtureNames, loadFixture } from '../../../support/load-fixture.ts';
import { withKeys } from '../../../support/with-keys.ts';
import { EXPECTED_OF_CALLS } from './expected-of-calls.ts';
import { EXPECTED_OF_MEDIA } from './expected-of-media.ts';
import { CONNECTION } from './golden.ts';

const EXPECTED = { ...EXPECTED_OF_CALLS, ...EXPECTED_OF_MEDIA };

interface Wire {
  readonly id: string;
  readonly type: string;
}

describe('ga on its fixtures', () => {
  it('has an expectation for every payload', () => {
    expect(fixtureNames('ga')).toEqual(Object.keys(EXPECTED).sort());
  });

  it.each(Object.entries(EXPECTED))('reads %s', (name, { id, at, payload }) => {
    const [element] = loadFixture(`ga/${name}`) as [Wire];

    expect(dialectOf(element)).toBe(ga);
    expect(ga.read(element)).toStrictEqual({
      ok: true,
      event: {
        wireType: element.type,
        wireId: CONNECTION,
        eventId: `calling/callConnections/${CONNECTION}\n${id}`,
        at: `2026-03-18T${at}Z`,
        payload,
      },
    });
  });

  it.each(Object.keys(EXPECTED))('reads %s alike when its keys and its type are spelt otherwise', name => {
    const [element] = loadFixture(`ga/${name}`) as [Wire];
    const pascal = withKeys(element, key => key.charAt(0).toUpperCase() + key.slice(1));
    const spellings = [
      pascal,
      { ...element, type: element.type.toUpperCase() },
      { ...element, type: element.type.toLowerCase() },
    ];
    const asIs = ga.read(element);

    const payloads = spellings.map(spelling => {
      const read = ga.read(spelling);
      return read.ok && { ...read.event, wireType: element.type };
    });

    expect(payloads).toStrictEqual(spellings.map(() => asIs.ok && asIs.event));
  });
});
