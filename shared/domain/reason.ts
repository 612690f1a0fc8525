import type { ResultInfo } from './call-event.ts';
import { Q850_REASONS, REASON_RULES, type Reason, type ReasonClass, SIP_REASONS } from './reason-codes.ts';

/**
 * Explains a result. The most specific rule wins: code and subcode, then the subcode alone, then what the telephone
 * network said (SIP, then Q.850), then the code alone. An unknown subcode that starts with 560 or 540 was made by the
 * far carrier, and its last three digits are a SIP status. Returns null where there is no code at all.
 */
export function explain(result: ResultInfo | null): Reason | null {
  if (result === null) return null;
  const { code, subcode, sipCode, q850Code } = result;
  if (code === null && subcode === null && sipCode === undefined && q850Code === undefined) return null;
  return (
    RULES.get(ruleKey(code, subcode)) ??
    RULES.get(ruleKey(null, subcode)) ??
    explainCarrier(subcode) ??
    (sipCode === undefined ? undefined : SIP_REASONS[sipCode]) ??
    (q850Code === undefined ? undefined : Q850_REASONS[q850Code]) ??
    RULES.get(ruleKey(code, null)) ??
    explainStatus(code)
  );
}

/** A result's own members out of something that has more; those that it lacks stay away. */
export function resultMembersOf({ code, subcode, message, sipCode, q850Code }: ResultInfo): ResultInfo {
  return {
    code,
    subcode,
    message,
    ...(sipCode === undefined ? {} : { sipCode }),
    ...(q850Code === undefined ? {} : { q850Code }),
  };
}

const RULES: ReadonlyMap<string, Reason> = new Map(
  REASON_RULES.flatMap(([matches, text, reasonClass, retry]) =>
    matches.map(([code, subcode]) => [ruleKey(code, subcode), { text, class: reasonClass, retry }] as const),
  ),
);

function ruleKey(code: number | null, subcode: number | null): string {
  return `${code ?? '*'}/${subcode ?? '*'}`;
}

function explainCarrier(subcode: number | null): Reason | undefined {
  const digits = String(subcode ?? '');
  if (!/^5[46]0\d{3}$/.test(digits)) return undefined;
  const status = Number(digits.slice(3));
  const known = SIP_REASONS[status];
  if (known !== undefined) return known;
  return status === 0
    ? { text: 'The far end hung up.', class: 'ok', retry: 'none' }
    : { text: `The carrier ended it with SIP status ${status}.`, class: sipClass(status), retry: 'later' };
}

function sipClass(status: number): ReasonClass {
  return status >= 500 ? 'service' : 'unreachable';
}

function explainStatus(code: number | null): Reason {
  if (code !== null && code >= 200 && code < 300)
    return { text: 'It went well.', class: 'ok', retry: 'none' };
  if (code !== null && code >= 500) {
    return { text: 'The service had a fault.', class: 'service', retry: 'soon' };
  }
  return {
    text: 'It failed for a reason that this version does not know.',
    class: 'unknown',
    retry: 'later',
  };
}
