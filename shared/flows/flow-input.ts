import type { ProblemError } from '../problems/problem.ts';
import type { Flow } from './flow.ts';

/** What a flow is given to start with, complete, or all that is wrong with it. */
export type ParsedFlowInput =
  | { readonly ok: true; readonly input: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly faults: readonly ProblemError[] };

/**
 * Reads what a flow is to be given. Never throws. To be done before a call is requested: what is recorded is the input as
 * read, with what has a default, so that the call does not change with its flow's defaults.
 *
 * @param pointer where in the request the input is, as a JSON Pointer (RFC 6901).
 */
export function parseFlowInput(flow: Flow, given: unknown, pointer = ''): ParsedFlowInput {
  const parsed = flow.input.safeParse(given);
  if (parsed.success) return { ok: true, input: parsed.data };
  const faults = parsed.error.issues.map(({ path, message }) => ({
    pointer: [pointer, ...path.map(escaped)].join('/'),
    detail: message,
  }));
  return { ok: false, faults };
}

/** A member's name as RFC 6901 writes it. */
function escaped(key: PropertyKey): string {
  return String(key).replaceAll('~', '~0').replaceAll('/', '~1');
}
