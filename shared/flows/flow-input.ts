import type { DialectName, FlowStart } from '../domain/call-event.ts';
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

/** A flow as somebody asks for it. */
export interface FlowRequest {
  readonly name: string;
  /** The newest unless told. */
  readonly version?: number | undefined;
  readonly input?: Readonly<Record<string, unknown>> | undefined;
}

/** How a call's flow is to start, or all that is wrong with what was asked for. */
export type ReadFlowStart =
  | { readonly ok: true; readonly flow: FlowStart | null }
  | { readonly ok: false; readonly faults: readonly ProblemError[] };

/**
 * Finds the flow that is asked for and reads its input; null where none is. Never throws.
 *
 * @param dialect of the call that it is to run.
 */
export function flowStartOf(
  flows: readonly Flow[],
  asked: FlowRequest | undefined,
  dialect?: DialectName,
): ReadFlowStart {
  const pointer = '/flow';
  if (asked === undefined) return { ok: true, flow: null };
  const named = flows.filter(({ name }) => name === asked.name);
  const [newest] = named.toSorted((a, b) => b.version - a.version);
  const flow = asked.version === undefined ? newest : named.find(({ version }) => version === asked.version);
  if (newest === undefined) {
    const names = [...new Set(flows.map(({ name }) => name))].join(', ');
    return fault(`${pointer}/name`, `expected a flow of this app: ${names || 'it has none'}`);
  }
  if (flow === undefined) {
    const versions = named.map(({ version }) => version).join(', ');
    return fault(`${pointer}/version`, `expected a version that is deployed: ${versions}`);
  }
  const { dialects = [] } = flow;
  if (dialect !== undefined && dialects.length > 0 && !dialects.some(each => each === dialect)) {
    const detail = `expected a flow for calls of ${dialect}: ${flow.name} is for those of ${dialects.join(' and ')}`;
    return fault(`${pointer}/name`, detail);
  }
  const parsed = parseFlowInput(flow, asked.input ?? {}, `${pointer}/input`);
  if (!parsed.ok) return parsed;
  return { ok: true, flow: { name: flow.name, version: flow.version, input: parsed.input } };
}

function fault(pointer: string, detail: string): ReadFlowStart {
  return { ok: false, faults: [{ pointer, detail }] };
}

/** A member's name as RFC 6901 writes it. */
function escaped(key: PropertyKey): string {
  return String(key).replaceAll('~', '~0').replaceAll('/', '~1');
}
