import { catalogFunctions, type HostFunction } from './function-catalog.ts';
import { type HostConfig, loadHostConfig } from './host-config.ts';
import type { HostLog } from './host-log.ts';
import { type HttpServer, startHttpServer } from './http-server.ts';
import { createInvoker, type Invoker } from './invoker.ts';
import type { HostKeys } from './key-auth.ts';
import { QueueListener } from './queue-listener.ts';
import { readSetting, type Settings } from './settings.ts';
import { TimerListener } from './timer-listener.ts';
import { WorkerSupervisor } from './worker-supervisor.ts';

const DEFAULT_BODY_LIMIT_BYTES = 104_857_600;
const DEFAULT_QUEUE_LEASE_MS = 10 * 60_000;
const DEFAULT_DRAIN_TIMEOUT_MS = 30_000;
const SETTLE_TIMEOUT_MS = 5_000;

/** What the local host runs, and how. */
export interface HostOptions {
  /** Folder with package.json, host.json and the built app. */
  readonly appRoot: string;
  /** 0 for any free port. */
  readonly port: number;
  /** App settings; the app's process gets them in its environment. */
  readonly settings: Settings;
  /** Where timers keep their status; not below the app root. */
  readonly dataDir: string;
  /** Keys to ask for; none are asked for without, as under `func start`. */
  readonly auth?: HostKeys | undefined;
  readonly log: HostLog;
  /** How long a message stays hidden while it is worked on: 10 minutes on the real host, shorter in tests of crashes. */
  readonly queueLeaseMs?: number | undefined;
  /** How long `stop` waits for what is under way; 30 s unless given. */
  readonly drainTimeoutMs?: number | undefined;
  /** Delivers chunked bodies, which the real host drops. */
  readonly acceptsUnsizedBodies?: boolean | undefined;
}

/** A running host. */
export interface RunningHost {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly url: string;
  readonly functions: readonly HostFunction[];
  /**
   * Resolves, with the reason, when the app's process could not be started again after a crash. From then on requests
   * get 503 and nothing is taken from queues.
   */
  readonly failed: Promise<string>;
  /** Takes nothing new, finishes what is under way, has the appTerminate hooks run and ends. May be called again. */
  stop(): Promise<void>;
}

/**
 * Runs a Functions app without the Functions host: HTTP, queue and timer triggers as measured on the real host 4.1037,
 * the app's code in a process of its own. Requests get 503 until the app has loaded. Rejects with a StartError that says
 * what is wrong, leaving nothing running, when the app cannot be loaded or uses what the local host does not support.
 * For local use and tests only.
 */
export async function startHost(options: HostOptions): Promise<RunningHost> {
  const config = loadHostConfig(options.appRoot, options.settings);
  const parts: HostParts = { supervisor: undefined, server: undefined, listeners: [] };
  const invoker = createInvoker(
    async request => (await parts.supervisor?.invoke(request)) ?? NOT_STARTED,
    options.log,
  );
  try {
    // First, so that the app is told of the port that it has.
    const server = await startHttpServer(serverOptions(options, invoker));
    parts.server = server;
    const supervisor = new WorkerSupervisor({
      appRoot: options.appRoot,
      env: workerEnvironment(options, server.port),
      functionTimeoutMs: config.functionTimeoutMs,
      log: options.log,
    });
    parts.supervisor = supervisor;
    const functions = catalogFunctions(await supervisor.start(), { ...options, config });
    parts.listeners.push(...createListeners(functions, { ...options, config, invoker }));
    server.open(functions);
    for (const listener of parts.listeners) await listener.start();
    void supervisor.gaveUp.then(() => suspendHost(parts));
    let stopping: Promise<void> | undefined;
    return {
      url: `http://127.0.0.1:${server.port}`,
      functions,
      failed: supervisor.gaveUp,
      stop() {
        stopping ??= stopHost(parts, {
          invoker,
          drainTimeoutMs: options.drainTimeoutMs ?? DEFAULT_DRAIN_TIMEOUT_MS,
        });
        return stopping;
      },
    };
  } catch (error) {
    parts.supervisor?.kill();
    parts.server?.dropConnections();
    await parts.server?.close();
    throw error;
  }
}

/** Nothing asks for a run before the app has loaded. */
const NOT_STARTED = { ok: false, error: 'The app has not been started.' } as const;

type Listener = QueueListener | TimerListener;

interface HostParts {
  supervisor: WorkerSupervisor | undefined;
  server: HttpServer | undefined;
  readonly listeners: Listener[];
}

/** The variables that the real worker's process holds, and `func start` sets. */
function workerEnvironment(options: HostOptions, port: number): Record<string, string | undefined> {
  return {
    ...process.env,
    AZURE_FUNCTIONS_ENVIRONMENT: 'Development',
    WEBSITE_HOSTNAME: `localhost:${port}`,
    ...options.settings,
    AzureWebJobsScriptRoot: options.appRoot,
    FUNCTIONS_APPLICATION_DIRECTORY: options.appRoot,
  };
}

function serverOptions(options: HostOptions, invoker: Invoker): Parameters<typeof startHttpServer>[0] {
  const { settings } = options;
  return {
    port: options.port,
    keys: options.auth,
    bodyRules: {
      limitBytes: Number(
        readSetting(settings, 'FUNCTIONS_REQUEST_BODY_SIZE_LIMIT') ?? DEFAULT_BODY_LIMIT_BYTES,
      ),
      dropsUnsizedBodies: options.acceptsUnsizedBodies !== true,
    },
    hidesHomepage: readSetting(settings, 'AzureWebJobsDisableHomepage')?.toLowerCase() === 'true',
    invoker,
    log: options.log,
  };
}

interface ListenerContext extends HostOptions {
  readonly config: HostConfig;
  readonly invoker: Invoker;
}

function createListeners(functions: readonly HostFunction[], context: ListenerContext): Listener[] {
  const { config, invoker, log, dataDir } = context;
  const leaseMs = context.queueLeaseMs ?? DEFAULT_QUEUE_LEASE_MS;
  return functions.flatMap((target): Listener[] => {
    if (target.kind === 'queue')
      return [new QueueListener({ target, config: config.queues, leaseMs, invoker, log })];
    if (target.kind === 'timer') return [new TimerListener({ target, invoker, dataDir, log })];
    return [];
  });
}

/** Without the app nothing is taken from queues any more: each message would fail its way to the poison queue. */
async function suspendHost(parts: HostParts): Promise<void> {
  parts.server?.suspend();
  await Promise.all(parts.listeners.map(listener => listener.stop()));
}

interface StopOptions {
  readonly invoker: Invoker;
  readonly drainTimeoutMs: number;
}

async function stopHost(parts: HostParts, { invoker, drainTimeoutMs }: StopOptions): Promise<void> {
  const drained = Promise.all([
    parts.server?.close(),
    ...parts.listeners.map(listener => listener.stop()),
    invoker.whenIdle(),
  ]);
  await settleWithin(drained, drainTimeoutMs);
  await parts.supervisor?.terminate();
  // With the worker gone whatever still ran has failed: it only has to be settled, if storage still answers.
  parts.server?.dropConnections();
  await settleWithin(drained, SETTLE_TIMEOUT_MS);
}

async function settleWithin(work: Promise<unknown>, timeoutMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<void>(resolve => {
    timer = setTimeout(resolve, timeoutMs);
  });
  await Promise.race([work, deadline]);
  clearTimeout(timer);
}
