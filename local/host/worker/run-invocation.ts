import type { LogLevel } from '../host-log.ts';
import type { TypedData } from '../typed-data.ts';
import type { InvocationOutcome, InvocationRequest } from '../worker-messages.ts';
import type { RegisteredFunction, Registry } from './core-api.ts';
import type { CoreInvocationContext, HookContext, InvocationModel } from './core-types.ts';

/** What an invocation needs of the worker around it. */
export interface InvocationScope {
  readonly registry: Registry;
  readonly appHookData: Record<string, unknown>;
  log(level: LogLevel, message: string): void;
}

/**
 * Runs a function once as the real worker does: hooks before, handler, hooks after, response. A hook after the handler
 * that clears the error makes the run a success. Never throws: whatever goes wrong is a failed outcome.
 */
export async function runInvocation(
  request: InvocationRequest,
  scope: InvocationScope,
): Promise<InvocationOutcome> {
  try {
    const registered = scope.registry.functions.get(request.functionName);
    const { model } = scope.registry;
    if (registered === undefined || model === undefined) {
      return { ok: false, error: `Function "${request.functionName}" is not registered.` };
    }
    const coreContext = createCoreContext(request, registered, scope);
    const invocationModel = await model.getInvocationModel(coreContext);
    return await runWithHooks({ registered, coreContext, invocationModel }, scope);
  } catch (error) {
    return { ok: false, error: describeError(error) };
  }
}

interface Run {
  readonly registered: RegisteredFunction;
  readonly coreContext: CoreInvocationContext;
  readonly invocationModel: InvocationModel;
}

async function runWithHooks(run: Run, scope: InvocationScope): Promise<InvocationOutcome> {
  const { coreContext, invocationModel } = run;
  const { context, inputs } = await invocationModel.getArguments();
  const shared = { hookData: {}, appHookData: scope.appHookData, invocationContext: context };

  coreContext.state = 'preInvocationHooks';
  const before: HookContext = { ...shared, functionCallback: run.registered.callback, inputs };
  for (const hook of scope.registry.hooks.preInvocation) await hook(before);

  coreContext.state = 'invocation';
  const after: HookContext = { ...shared, inputs: before.inputs ?? inputs };
  try {
    const callback = before.functionCallback ?? run.registered.callback;
    after.result = await invocationModel.invokeFunction(context, after.inputs ?? inputs, callback);
  } catch (error) {
    after.error = error;
  }

  coreContext.state = 'postInvocationHooks';
  for (const hook of scope.registry.hooks.postInvocation) await hook(after);
  if (after.error !== undefined && after.error !== null)
    return { ok: false, error: describeError(after.error) };

  const response = await invocationModel.getResponse(context, after.result);
  return { ok: true, returnValue: response.returnValue };
}

function createCoreContext(
  request: InvocationRequest,
  registered: RegisteredFunction,
  scope: InvocationScope,
): CoreInvocationContext {
  const { invocationId, triggerMetadata, traceParent, traceState } = request;
  return {
    invocationId,
    metadata: registered.metadata,
    log: (level, _category, message) => scope.log(level, message),
    request: {
      invocationId,
      functionId: registered.metadata.name,
      inputData: [{ name: triggerName(registered), data: restoreBytes(request.triggerData) }],
      triggerMetadata,
      traceContext: { traceParent, traceState, attributes: {} },
      retryContext: undefined,
    },
  };
}

function triggerName(registered: RegisteredFunction): string {
  const entry = Object.entries(registered.metadata.bindings).find(([, binding]) =>
    /trigger$/i.test(binding.type),
  );
  return entry?.[0] ?? '';
}

/** The library tests for falsy bodies: an empty one must be absent, not zero bytes long. */
function restoreBytes(data: TypedData): TypedData {
  const bytes = data.http?.body?.bytes;
  if (data.http === undefined || bytes === undefined || bytes.length > 0) return data;
  return { http: { ...data.http, body: null } };
}

function describeError(error: unknown): string {
  if (error instanceof Error) return error.stack ?? error.message;
  return String(error);
}
