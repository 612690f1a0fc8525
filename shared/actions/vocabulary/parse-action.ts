import type * as z from 'zod';
import type { ProblemError } from '../../problems/problem.ts';
import { type ActionSpec, actionSchema } from './action-schema.ts';

/** An action, or all that is wrong with it. */
export type ParsedAction =
  | { readonly ok: true; readonly action: ActionSpec }
  | { readonly ok: false; readonly faults: readonly ProblemError[] };

/** How many faults of one action are told. */
const FAULTS_LISTED = 20;

/**
 * Reads an action from whatever somebody sent. Never throws; reading what was read once changes nothing.
 *
 * @param pointer where in the request the action is, as a JSON Pointer (RFC 6901); `""` for the body itself. Each
 *   fault names its own place below it, says what was expected, and gives an example.
 */
export function parseAction(value: unknown, pointer = ''): ParsedAction {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { ok: false, faults: [{ pointer, detail: 'expected an action, such as {"kind":"hangUp"}' }] };
  const parsed = actionSchema().safeParse(value);
  if (parsed.success) return { ok: true, action: parsed.data };
  return { ok: false, faults: faultsIn(parsed.error, pointer) };
}

/** What is wrong, each fault with its place as a JSON Pointer; at most twenty of them. */
export function faultsIn({ issues }: z.ZodError, pointer = ''): ProblemError[] {
  return issues.flatMap(issue => faultsOf(issue, pointer)).slice(0, FAULTS_LISTED);
}

function faultsOf(issue: z.core.$ZodIssue, at: string): ProblemError[] {
  const pointer = issue.path.reduce<string>((path, key) => `${path}/${escaped(key)}`, at);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(key => ({
      pointer: `${pointer}/${escaped(key)}`,
      detail: 'expected no member of this name',
    }));
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) return branchFaults(issue, pointer);
  return [{ pointer, detail: issue.message }];
}

/** Of one identity or a list of them, the faults of the list tell more, unless it was none. */
function branchFaults(issue: z.core.$ZodIssueInvalidUnion, pointer: string): ProblemError[] {
  const inList = issue.errors.find(issues => issues.every(({ path }) => path.length > 0));
  const [first = []] = issue.errors;
  return (inList ?? issue.errors.find(issues => issues[0]?.code !== 'invalid_type') ?? first).flatMap(inner =>
    faultsOf(inner, pointer),
  );
}

/** A member's name as RFC 6901 writes it; one of a hostile length is cut. */
function escaped(key: PropertyKey): string {
  return String(key).slice(0, 64).replaceAll('~', '~0').replaceAll('/', '~1');
}
