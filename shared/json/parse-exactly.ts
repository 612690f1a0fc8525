/** A number that may have more digits, or a larger exponent, than a JavaScript number; few texts have any. */
const MAY_BE_INEXACT = /[:,[\s]-?(?:\d{16}|\d[\d.]*[eE]\+?\d{3})/;

/** What the parser tells of a value beside the value itself; only of numbers, texts and the like. */
interface ParseContext {
  readonly source?: string;
}

/**
 * Parses JSON, with every number as its text that no JavaScript number can hold: a whole number beyond 2^53, and what
 * would become infinite. So nothing is rounded that is only kept.
 *
 * @throws SyntaxError for what is no JSON.
 */
export function parseExactly(text: string): unknown {
  if (!MAY_BE_INEXACT.test(text)) return JSON.parse(text);
  return JSON.parse(text, (_key: string, value: unknown, context?: ParseContext) => {
    const source = context?.source;
    return typeof value === 'number' && source !== undefined && !holds(value, source) ? source : value;
  });
}

function holds(value: number, source: string): boolean {
  return Number.isFinite(value) && (Number.isSafeInteger(value) || !/^-?\d+$/.test(source));
}
