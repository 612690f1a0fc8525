import type { LogLevel } from '../host-log.ts';
import type { FunctionMetadata, TypedData } from '../typed-data.ts';

/** A function's code, as the library hands it over: trigger input first, then the invocation context. */
export type FunctionCallback = (...args: unknown[]) => unknown;

/** The hooks that the local host runs, in order of registration, each awaited. */
export type HookName = 'appStart' | 'appTerminate' | 'preInvocation' | 'postInvocation';

/** A hook's code; what it changes on its context takes effect. */
export type HookCallback = (context: HookContext) => unknown;

/** What a hook sees. `appHookData` is one object for the whole life of the app. */
export interface HookContext {
  readonly hookData: Record<string, unknown>;
  readonly appHookData: Record<string, unknown>;
  readonly functionAppDirectory?: string;
  readonly invocationContext?: unknown;
  functionCallback?: FunctionCallback;
  inputs?: unknown[];
  result?: unknown;
  error?: unknown;
}

/** The library's side of a worker; measured against `@azure/functions` 4.16.5. */
export interface ProgrammingModel {
  getInvocationModel(context: CoreInvocationContext): InvocationModel | Promise<InvocationModel>;
  getCapabilities(capabilities: Record<string, string>): Promise<Record<string, string>>;
}

/** Translates one invocation between the host's shapes and the library's. */
export interface InvocationModel {
  getArguments(): Promise<{ context: unknown; inputs: unknown[] }>;
  invokeFunction(context: unknown, inputs: unknown[], callback: FunctionCallback): Promise<unknown>;
  getResponse(
    context: unknown,
    result: unknown,
  ): Promise<{ readonly returnValue?: TypedData | null; readonly outputData?: readonly unknown[] }>;
}

/** What the library needs to know of one invocation. */
export interface CoreInvocationContext {
  readonly invocationId: string;
  readonly metadata: FunctionMetadata;
  state?: 'preInvocationHooks' | 'invocation' | 'postInvocationHooks';
  log(level: LogLevel, category: string, message: string): void;
  readonly request: {
    readonly invocationId: string;
    readonly functionId: string;
    readonly inputData: readonly { readonly name: string; readonly data: TypedData }[];
    readonly triggerMetadata: Readonly<Record<string, TypedData>>;
    readonly traceContext: {
      readonly traceParent: string;
      readonly traceState: string;
      readonly attributes: Readonly<Record<string, string>>;
    };
    readonly retryContext: undefined;
  };
}

/** The module `@azure/functions-core`, as far as the library calls it. */
export interface CoreApi {
  readonly version: string;
  readonly hostVersion: string;
  readonly Disposable: unknown;
  registerFunction(metadata: FunctionMetadata, callback: FunctionCallback): { dispose(): void };
  registerHook(name: string, callback: HookCallback): { dispose(): void };
  setProgrammingModel(model: ProgrammingModel): void;
  getProgrammingModel(): ProgrammingModel | undefined;
  log(level: LogLevel, category: string, message: string): void;
}
