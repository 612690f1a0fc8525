import type { LogLevel } from './host-log.ts';
import type { FunctionMetadata, TypedData } from './typed-data.ts';

/** What the host tells the worker process. */
export type HostMessage =
  | { readonly type: 'load'; readonly appRoot: string }
  | ({ readonly type: 'invoke' } & InvocationRequest)
  | { readonly type: 'terminate' };

/** What the worker process tells the host. */
export type WorkerMessage =
  | { readonly type: 'loaded'; readonly functions: readonly FunctionMetadata[] }
  | { readonly type: 'loadFailed'; readonly reason: string }
  | { readonly type: 'result'; readonly invocationId: string; readonly outcome: InvocationOutcome }
  | { readonly type: 'terminated' }
  | {
      readonly type: 'log';
      readonly level: LogLevel;
      readonly message: string;
      readonly functionName?: string | undefined;
      readonly invocationId?: string | undefined;
    };

/** One run of a function that the host asks for. */
export interface InvocationRequest {
  readonly invocationId: string;
  readonly functionName: string;
  readonly triggerData: TypedData;
  readonly triggerMetadata: Readonly<Record<string, TypedData>>;
  readonly traceParent: string;
  readonly traceState: string;
}

/** How a run ended; `returnValue` is absent when the handler returned nothing. */
export type InvocationOutcome =
  | { readonly ok: true; readonly returnValue?: TypedData | null | undefined }
  | { readonly ok: false; readonly error: string };
