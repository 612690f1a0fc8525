import type { Exchange } from '../core/exchange.ts';
import type {
  AcsRoute,
  Answer,
  EmulatedDialect,
  PreparedRequest,
  Subject,
} from '../dialects/emulated-dialect.ts';
import type { FaultDial, RequestFate } from '../faults/fault-dial.ts';
import type { TalliedEntry } from '../log/tally.ts';
import type { IncomingRequest, Reply } from './incoming-request.ts';
import type { RepeatabilityMemory } from './repeatability.ts';
import { matchRoutes, type RouteMatch } from './router.ts';
import { signatureFault } from './verify-signature.ts';

/** What the emulated ACS needs to answer. */
export interface AcsServiceOptions {
  readonly exchange: Exchange;
  /** Tried in this order; the first that has the path answers. */
  readonly dialects: readonly EmulatedDialect[];
  readonly dial: FaultDial;
  /** Undefined carries out every request, whatever its headers say. */
  readonly repeatability: RepeatabilityMemory | undefined;
  /** Undefined takes every request as authentic. */
  readonly accessKey: Uint8Array | undefined;
  write(entry: TalliedEntry): void;
}

type Found = RouteMatch<AcsRoute> & { readonly dialect: EmulatedDialect };

/** Answers requests to the REST API of ACS: proves the sender, reads, lets the fault dial have its way, carries out. */
export function acsService(options: AcsServiceOptions): (request: IncomingRequest) => Reply {
  const { exchange, dialects, dial, accessKey, write } = options;

  function prepare(request: IncomingRequest, found: Found): PreparedRequest | { readonly refusal: Answer } {
    const { dialect, route, params } = found;
    const fault = accessKey && signatureFault(request, accessKey, Date.now());
    if (fault !== undefined) return { refusal: dialect.error(401, fault) };
    const version = request.url.searchParams.get('api-version');
    if (version === null)
      return { refusal: dialect.error(400, 'The api-version query parameter is missing.') };
    if (!dialect.apiVersions.includes(version)) {
      const known = dialect.apiVersions.join(', ');
      return { refusal: dialect.error(400, `The api-version ${version} is not known; known are ${known}.`) };
    }
    if (!route.isIn(version)) {
      return { refusal: dialect.error(404, `The api-version ${version} has no ${lastSegment(route.path)}.`) };
    }
    const body = Buffer.from(request.body).toString('utf8');
    return route.prepare({ params, query: request.url.searchParams, body }, exchange);
  }

  return request => {
    const found = find(dialects, request);
    if (found === undefined) {
      const dialect = dialectOfPath(dialects, request.url.pathname);
      const answer = dialect?.error(404, 'There is no such operation.') ?? { status: 404 };
      write({ kind: 'request', operation: 'unknown', executed: false, status: answer.status });
      return { answer };
    }
    const { operation } = found.route;
    const prepared = prepare(request, found);
    if ('refusal' in prepared) {
      const { refusal } = prepared;
      const detail = messageOf(refusal);
      write({ kind: 'request', operation, executed: false, status: refusal.status, detail });
      return { answer: refusal };
    }
    const { subject } = prepared;
    const fate = dial.requestFate(`${operation}|${subject.label}`);
    const memory = found.route.isRepeatable === true ? options.repeatability : undefined;
    const around = { dialect: found.dialect, retryAfter: dial.settings.requests };
    const outcome = meet(
      fate,
      remembering(prepared, { memory, request, fate, dialect: found.dialect }),
      around,
    );
    write({ kind: 'request', operation, ...loggedSubject(subject), ...outcome.entry });
    return { ...outcome.reply, slowMs: fate.slowMs };
  };
}

interface Remembering {
  readonly memory: RepeatabilityMemory | undefined;
  readonly request: IncomingRequest;
  readonly fate: RequestFate;
  readonly dialect: EmulatedDialect;
}

/** The request, but for one that was carried out before: that has the answer of then. */
function remembering(
  prepared: PreparedRequest,
  { memory, request, fate, dialect }: Remembering,
): PreparedRequest {
  if (memory === undefined) return prepared;
  return {
    subject: prepared.subject,
    perform() {
      const verdict = memory.judge(request);
      if (verdict.kind === 'refused') {
        const { status, message } = verdict;
        return { executed: false, answer: withResult(dialect.error(status, message), 'rejected') };
      }
      if (verdict.kind === 'repeated') {
        return { executed: false, isRepeated: true, answer: withResult(verdict.answer, 'accepted') };
      }
      const performed = prepared.perform();
      if (performed.executed) verdict.remember(performed.answer, fate.slowMs);
      return performed;
    },
  };
}

function withResult(answer: Answer, result: 'accepted' | 'rejected'): Answer {
  return { ...answer, headers: { ...answer.headers, 'repeatability-result': result } };
}

interface Outcome {
  readonly reply: Reply;
  readonly entry: Omit<TalliedEntry, 'kind'>;
}

interface Around {
  readonly dialect: EmulatedDialect;
  readonly retryAfter: { readonly retryAfterSeconds: number };
}

/** What the request comes to: faults before it is carried out, then itself, then faults that only hide what it came to. */
function meet({ fault }: RequestFate, prepared: PreparedRequest, { dialect, retryAfter }: Around): Outcome {
  const untouched = (answer: Answer | undefined): Outcome => ({
    reply: { answer },
    entry: { executed: false, fault, status: answer?.status, ...detailOf(answer) },
  });
  if (fault === 'throttle') {
    const headers = { 'retry-after': String(retryAfter.retryAfterSeconds) };
    return untouched({ ...dialect.error(429, 'Too many requests.'), headers });
  }
  if (fault === 'failBefore') return untouched(dialect.error(503, 'The service is not available.'));
  if (fault === 'dropBefore') return untouched(undefined);

  const { executed, answer, callId, isRepeated = false } = prepared.perform();
  const told = tell(fault, executed || isRepeated, { answer, dialect });
  return {
    reply: { answer: told },
    entry: {
      executed,
      fault: executed || isRepeated ? fault : undefined,
      status: told?.status,
      ...(isRepeated ? { isRepeated } : {}),
      ...(callId === undefined ? {} : { callId }),
      ...(executed || isRepeated ? {} : detailOf(answer)),
    },
  };
}

/** The answer that the client sees; a refusal is told as it is. */
function tell(
  fault: RequestFate['fault'],
  executed: boolean,
  { answer, dialect }: { answer: Answer; dialect: EmulatedDialect },
): Answer | undefined {
  if (!executed) return answer;
  if (fault === 'failAfter') return dialect.error(500, 'Something went wrong.');
  return fault === 'dropAfter' ? undefined : answer;
}

function find(dialects: readonly EmulatedDialect[], { method, url }: IncomingRequest): Found | undefined {
  for (const dialect of dialects) {
    const [match] = matchRoutes(dialect.routes, method, url.pathname);
    if (match !== undefined) return { ...match, dialect };
  }
  return undefined;
}

/** Whose resources the path is about; of nobody's, the first. */
function dialectOfPath(dialects: readonly EmulatedDialect[], pathname: string): EmulatedDialect | undefined {
  const resource = resourceOf(pathname.slice(1));
  const isOf = ({ routes }: EmulatedDialect) => routes.some(({ path }) => resourceOf(path) === resource);
  return dialects.find(isOf) ?? dialects[0];
}

/** `callconnections` of `calling/callConnections:answer`. */
function resourceOf(path: string): string | undefined {
  return path.split('/')[1]?.split(':')[0]?.toLowerCase();
}

function loggedSubject({ callId, callbackUri, operationContext, who }: Subject) {
  return { callId, callbackUri, operationContext, who };
}

function detailOf(answer: Answer | undefined): { detail?: string | undefined } {
  return answer === undefined ? {} : { detail: messageOf(answer) };
}

/** In either form of errors: bare, or below `error`. */
function messageOf({ body }: Answer): string | undefined {
  const error = memberOf(body, 'error') ?? body;
  const message = memberOf(error, 'message');
  return typeof message === 'string' ? message : undefined;
}

function memberOf(value: unknown, name: string): unknown {
  const isObject = typeof value === 'object' && value !== null && Object.hasOwn(value, name);
  return isObject ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

function lastSegment(path: string): string {
  return path.split('/').at(-1) ?? path;
}
