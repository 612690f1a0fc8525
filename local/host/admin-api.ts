import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HostFunction } from './function-catalog.ts';
import type { Invoker, TriggerInput } from './invoker.ts';
import { type HostKeys, isKeyAccepted } from './key-auth.ts';
import { type BodyRules, readBody } from './read-body.ts';
import { createTimerData } from './timer-data.ts';
import { writeEmpty } from './write-http-response.ts';

/** A request below `/admin`. */
export interface AdminRequest {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Path segments after `admin`. */
  readonly path: readonly string[];
  readonly key: string | undefined;
  readonly keys: HostKeys | undefined;
  readonly functions: readonly HostFunction[];
  readonly bodyRules: BodyRules;
  readonly invoker: Invoker;
}

/**
 * Answers the admin endpoints that local work needs: `host/ping` (no key), `host/status`, `functions`, and
 * `POST functions/{name}` with `{"input": "…"}`, which starts a function other than an HTTP one and answers 202 without
 * waiting for it. All but ping want the master key when keys are configured.
 */
export async function answerAdminRequest(admin: AdminRequest): Promise<void> {
  const { request, response, path, functions } = admin;
  const route = `${request.method} ${path.join('/').toLowerCase()}`;
  if (/^(GET|POST|HEAD) host\/ping$/.test(route)) {
    writeEmpty(response, 200);
    return;
  }
  if (!isKeyAccepted(admin.keys, { authLevel: 'admin' }, admin.key)) {
    response.setHeader('www-authenticate', 'Bearer');
    writeEmpty(response, 401);
    return;
  }
  if (route === 'GET host/status') {
    const processUptime = Math.round(process.uptime() * 1000);
    writeJson(response, { id: 'local', state: 'Running', version: '4.0.0-local', processUptime });
  } else if (route === 'GET functions') {
    writeJson(response, functions.map(describeFunction));
  } else if (request.method === 'POST' && path[0] === 'functions' && path.length === 2) {
    await startFunction(admin, path[1] ?? '');
  } else {
    writeEmpty(response, 404);
  }
}

async function startFunction(admin: AdminRequest, name: string): Promise<void> {
  const { request, response, functions, invoker } = admin;
  const target = functions.find(candidate => candidate.name.toLowerCase() === name.toLowerCase());
  if (target === undefined) {
    writeEmpty(response, 404);
    return;
  }
  const body = await readBody(request, { ...admin.bodyRules, dropsUnsizedBodies: false });
  const input = body.kind === 'body' ? parseInput(body.bytes) : undefined;
  if (input === undefined || target.kind === 'http') {
    writeEmpty(response, 400);
    return;
  }
  void invoker.invoke(toTriggerInput(target, input));
  writeEmpty(response, 202);
}

function toTriggerInput(target: HostFunction, input: string): TriggerInput {
  const functionName = target.name;
  if (target.kind === 'timer') {
    return { functionName, triggerData: createTimerData({ status: undefined, isPastDue: false }) };
  }
  const binary = target.kind === 'queue' && target.binary;
  return {
    functionName,
    triggerData: binary ? { bytes: Buffer.from(input) } : { string: input },
    triggerMetadata: { QueueTrigger: { string: input } },
  };
}

/** The input may be left out, not be anything but text. */
function parseInput(bytes: Uint8Array): string | undefined {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(bytes).toString('utf8') || '{}');
    if (typeof parsed !== 'object' || parsed === null) return undefined;
    const input: unknown = 'input' in parsed ? parsed.input : '';
    return typeof input === 'string' ? input : undefined;
  } catch {
    return undefined;
  }
}

function describeFunction(target: HostFunction): Record<string, unknown> {
  if (target.kind === 'http')
    return { name: target.name, kind: 'http', methods: target.methods, route: target.route };
  if (target.kind === 'queue') return { name: target.name, kind: 'queue', queueName: target.queueName };
  return { name: target.name, kind: 'timer' };
}

function writeJson(response: ServerResponse, value: unknown): void {
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.end(JSON.stringify(value));
}
