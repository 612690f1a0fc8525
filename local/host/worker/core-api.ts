import type { LogLevel } from '../host-log.ts';
import { StartError } from '../start-error.ts';
import type { FunctionMetadata } from '../typed-data.ts';
import type { CoreApi, FunctionCallback, HookCallback, HookName, ProgrammingModel } from './core-types.ts';

const HOOK_NAMES: readonly string[] = ['appStart', 'appTerminate', 'preInvocation', 'postInvocation'];

/** A function of the app with the code that it runs. */
export interface RegisteredFunction {
  readonly metadata: FunctionMetadata;
  readonly callback: FunctionCallback;
}

/** What the app has registered while it was loaded. */
export interface Registry {
  readonly functions: Map<string, RegisteredFunction>;
  readonly hooks: Record<HookName, HookCallback[]>;
  model: ProgrammingModel | undefined;
  /** Set once the app has loaded: the real worker takes no functions after that. */
  locked: boolean;
}

/** Makes an empty registry. */
export function createRegistry(): Registry {
  return {
    functions: new Map(),
    hooks: { appStart: [], appTerminate: [], preInvocation: [], postInvocation: [] },
    model: undefined,
    locked: false,
  };
}

/**
 * Makes the module that `require('@azure/functions-core')` gives inside a worker: it files what the app registers.
 * Duplicate function names, late registrations and hooks that the local host does not run throw a StartError.
 */
export function createCoreApi(
  registry: Registry,
  log: (level: LogLevel, category: string, message: string) => void,
): CoreApi {
  return {
    version: '3.0.0-local',
    hostVersion: '4.0.0-local',
    Disposable,
    log,
    registerFunction(metadata, callback) {
      return addFunction(registry, metadata, callback);
    },
    registerHook(name, callback) {
      if (!isHookName(name)) throw new StartError(`The local host does not run the hook "${name}".`);
      const hooks = registry.hooks[name];
      hooks.push(callback);
      return new Disposable(() => hooks.splice(hooks.indexOf(callback), 1));
    },
    setProgrammingModel(model) {
      registry.model = model;
    },
    getProgrammingModel() {
      return registry.model;
    },
  };
}

function addFunction(registry: Registry, metadata: FunctionMetadata, callback: FunctionCallback): Disposable {
  const { name } = metadata;
  if (registry.locked) {
    throw new StartError(
      `Function "${name}" was registered after the app had loaded: register it at load time.`,
    );
  }
  if (registry.functions.has(name)) throw new StartError(`Two functions are called "${name}".`);
  registry.functions.set(name, { metadata, callback });
  return new Disposable(() => registry.functions.delete(name));
}

function isHookName(name: string): name is HookName {
  return HOOK_NAMES.includes(name);
}

class Disposable {
  readonly #undo: () => unknown;

  constructor(undo: () => unknown) {
    this.#undo = undo;
  }

  dispose(): void {
    this.#undo();
  }
}
