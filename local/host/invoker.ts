import { randomBytes, randomUUID } from 'node:crypto';
import type { HostLog } from './host-log.ts';
import type { TypedData } from './typed-data.ts';
import type { InvocationOutcome, InvocationRequest } from './worker-messages.ts';

/** What a trigger gives a function. */
export interface TriggerInput {
  readonly functionName: string;
  readonly triggerData: TypedData;
  readonly triggerMetadata?: Readonly<Record<string, TypedData>>;
  /** W3C trace headers of an HTTP request: its trace goes on under a new span. */
  readonly traceParent?: string | undefined;
  readonly traceState?: string | undefined;
}

/** Runs functions and logs how each run ended. */
export interface Invoker {
  /** Never rejects. */
  invoke(input: TriggerInput): Promise<InvocationOutcome>;
  /** Resolves when nothing runs any more. */
  whenIdle(): Promise<void>;
}

/** Makes an invoker on top of something that runs a request, which is the worker supervisor. */
export function createInvoker(
  run: (request: InvocationRequest) => Promise<InvocationOutcome>,
  log: HostLog,
): Invoker {
  const running = new Set<Promise<InvocationOutcome>>();
  return {
    async invoke(input) {
      const request = toRequest(input);
      const outcome = run(request);
      running.add(outcome);
      try {
        return logOutcome(request, await outcome, log);
      } finally {
        running.delete(outcome);
      }
    },
    async whenIdle() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}

function toRequest(input: TriggerInput): InvocationRequest {
  return {
    invocationId: randomUUID(),
    functionName: input.functionName,
    triggerData: input.triggerData,
    triggerMetadata: input.triggerMetadata ?? {},
    traceParent: childSpan(input.traceParent),
    traceState: input.traceState ?? '',
  };
}

/** Without a header and without telemetry the real host gives empty text. */
function childSpan(traceParent: string | undefined): string {
  const match = /^(00-[0-9a-f]{32})-[0-9a-f]{16}-([0-9a-f]{2})$/.exec(traceParent ?? '');
  return match === null ? '' : `${match[1]}-${randomBytes(8).toString('hex')}-${match[2]}`;
}

function logOutcome(request: InvocationRequest, outcome: InvocationOutcome, log: HostLog): InvocationOutcome {
  const { functionName, invocationId } = request;
  if (outcome.ok) log({ level: 'debug', message: 'Succeeded.', functionName, invocationId });
  else log({ level: 'error', message: `Failed: ${outcome.error}`, functionName, invocationId });
  return outcome;
}
