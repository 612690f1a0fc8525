import * as z from 'zod';
import type { ResultInfo } from '../../domain/call-event.ts';
import { lazily } from '../../lazily.ts';
import { message, optionalInteger } from '../wire-values.ts';

/** The type of the event says how it went: a code that cannot be read is none. */
const code = lazily(() => optionalInteger().catch(null));

const networkDetails = lazily(() => z.object({ code: code() }).nullish().catch(null));

/**
 * How something went, as GA tells it. Where it gives no subcode, or none but 0, the message may still name one: it ends
 * with `DiagCode: {code}#{subcode}.@`.
 */
export const resultInformation = lazily(() =>
  z
    .object({
      code: code(),
      subCode: code(),
      subcode: code(),
      message: z.string().nullish().catch(null),
      sipDetails: networkDetails(),
      q850Details: networkDetails(),
    })
    .nullish()
    .catch(null)
    .transform((value): ResultInfo | null => {
      if (value == null) return null;
      const told = value.subCode ?? value.subcode;
      const diagnosed = diagnosis(value.message);
      const sipCode = value.sipDetails?.code ?? undefined;
      const q850Code = value.q850Details?.code ?? undefined;
      return {
        code: value.code ?? diagnosed?.code ?? null,
        subcode: told === null || told === 0 ? (diagnosed?.subcode ?? told) : told,
        message: message().parse(value.message),
        ...(sipCode === undefined ? {} : { sipCode }),
        ...(q850Code === undefined ? {} : { q850Code }),
      };
    }),
);

function diagnosis(
  text: string | null | undefined,
): { readonly code: number; readonly subcode: number } | undefined {
  const [, code, subcode] = /DiagCode:\s*(\d{1,9})#(\d{1,9})/i.exec(text ?? '') ?? [];
  return code === undefined ? undefined : { code: Number(code), subcode: Number(subcode) };
}
