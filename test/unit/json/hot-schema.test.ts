import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { eitherEnvelope } from '../../../shared/dialects/cloud-event.ts';
import { withDecodedData } from '../../../shared/dialects/decoded-data.ts';
import { envelopeSchema as eventGridEnvelope } from '../../../shared/dialects/event-grid/schemas.ts';
import { TO_PAYLOAD as EVENT_GRID } from '../../../shared/dialects/event-grid/to-payload.ts';
import { TO_PAYLOAD as GA } from '../../../shared/dialects/ga/to-payload.ts';
import { lowerFirstKeys } from '../../../shared/dialects/lower-first-keys.ts';
import { envelopeSchema as previewEnvelope } from '../../../shared/dialects/preview-2021-04/schemas.ts';
import { TO_PAYLOAD as PREVIEW_2021_04 } from '../../../shared/dialects/preview-2021-04/to-payload.ts';
import { TO_PAYLOAD as PREVIEW_2021_08 } from '../../../shared/dialects/preview-2021-08/to-payload.ts';
import { isObject, typeName } from '../../../shared/dialects/read-event.ts';
import { safeParseHot } from '../../../shared/json/hot-schema.ts';
import { mutatedFixture } from '../../support/arbitraries/mutated-fixture.ts';

const ENVELOPES = [previewEnvelope, eitherEnvelope, eventGridEnvelope];
const PAYLOADS = [PREVIEW_2021_04, PREVIEW_2021_08, GA, EVENT_GRID];

const compiled = new Map<z.ZodType, z.ZodType>();

/** Fails for a schema that cannot be compiled, which would be read slowly for ever. */
function compiledOnce(schema: z.ZodType): z.ZodType {
  const known = compiled.get(schema) ?? z.compile(schema, { strict: true });
  compiled.set(schema, known);
  return known;
}

describe('a compiled schema', () => {
  it('reads every event as the schema does, and finds the same faults', () => {
    fc.assert(
      fc.property(mutatedFixture(), wire => {
        const element = lowerFirstKeys(withDecodedData(wire));
        const { eventType, type, data } = isObject(element) ? element : {};
        const name = typeName(String(eventType ?? type));
        for (const schema of ENVELOPES.map(envelope => envelope())) {
          expect(compiledOnce(schema).safeParse(element)).toEqual(schema.safeParse(element));
        }
        for (const schema of PAYLOADS.flatMap(payloads => payloads.get(name)?.() ?? [])) {
          expect(compiledOnce(schema).safeParse(data)).toEqual(schema.safeParse(data));
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('takes the place of one that is used often', () => {
    const schema = z.object({ name: z.string() }).transform(({ name }) => name);
    const parse = schema._zod.run;
    let runs = 0;
    schema._zod.run = (...given) => {
      runs += 1;
      return parse(...given);
    };

    for (let use = 0; use < 1000; use++) {
      expect(safeParseHot(schema, { name: `${use}` })).toEqual({ success: true, data: `${use}` });
    }

    expect(runs).toBeLessThan(200);
    expect(safeParseHot(schema, { name: 7 }).error?.issues).toMatchObject([{ path: ['name'] }]);
  });
});
