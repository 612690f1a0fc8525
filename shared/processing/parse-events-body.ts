import { isDeeperThan } from '../json/is-deeper-than.ts';
import { parseExactly } from '../json/parse-exactly.ts';
import { type Problem, problem } from '../problems/problem.ts';

const EVENTS_MAX = 1_000;
/** Far more than any event has: an element that is too deep for its dialect is parked, beside the good ones. */
const DEPTH_MAX = 500;

/** The elements of a body. */
export interface EventsBody {
  readonly ok: true;
  readonly elements: readonly unknown[];
  /** Whether the body is an array: then pointers begin with the place in it. */
  readonly isArray: boolean;
}

/** Parses a body that holds one event, or an array of them. */
export function parseEventsBody(
  text: string,
): EventsBody | { readonly ok: false; readonly problem: Problem } {
  if (isDeeperThan(text, DEPTH_MAX)) {
    return {
      ok: false,
      problem: problem('too-deep', `A body can be nested ${DEPTH_MAX} levels deep at most.`),
    };
  }
  let json: unknown;
  try {
    json = parseExactly(text);
  } catch (error) {
    return { ok: false, problem: problem('invalid-json', describe(error)) };
  }
  const isArray = Array.isArray(json);
  const elements: readonly unknown[] = isArray ? (json as unknown[]) : [json];
  if (elements.length > EVENTS_MAX) {
    const detail = `A body can hold ${EVENTS_MAX} events at most, this one has ${elements.length}.`;
    return { ok: false, problem: problem('too-many-events', detail) };
  }
  return { ok: true, elements, isArray };
}

/** V8's message repeats a part of the text, which may hold a telephone number. */
function describe(error: unknown): string {
  const place = /at position \d+(?: \(line \d+ column \d+\))?/.exec(String(error))?.[0];
  return place === undefined ? 'The body ends too early, or is no JSON.' : `The body is no JSON ${place}.`;
}
