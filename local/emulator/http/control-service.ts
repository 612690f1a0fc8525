import type * as z from 'zod';
import { type CalleeBook, calleeBookSchema } from '../core/callee-book.ts';
import type { Exchange } from '../core/exchange.ts';
import type { Answer } from '../dialects/emulated-dialect.ts';
import type { FaultDial } from '../faults/fault-dial.ts';
import { faultSettingsSchema } from '../faults/fault-settings.ts';
import type { ActivityLog } from '../log/activity-log.ts';
import type { Tally } from '../log/tally.ts';
import { callRoutes } from './control-calls.ts';
import { type ControlRoute, problem, readJson } from './control-route.ts';
import type { IncomingRequest, Reply } from './incoming-request.ts';
import { matchRoutes } from './router.ts';

/** What can be looked at and turned over HTTP. */
export interface ControlOptions {
  readonly exchange: Exchange;
  readonly dial: FaultDial;
  readonly log: ActivityLog;
  readonly tally: Tally;
  /** How many POSTs to the app are to come, or to be tried again. */
  readonly waiting: () => number;
  /** Other routes below the same path. */
  readonly further: readonly ControlRoute[];
  /** Who answers, now. */
  readonly book: { current: CalleeBook };
}

const DEFAULT_LIMIT = 1000;

/** Answers what is asked of the emulator itself, below `/emulator`. Nothing there is authenticated: it is for this machine only. */
export function controlService(options: ControlOptions): (request: IncomingRequest) => Promise<Reply> {
  const routes = [
    ...dialRoutes(options),
    ...logRoutes(options),
    ...callRoutes(options.exchange),
    ...options.further,
  ];
  return async request => {
    const [match] = matchRoutes(routes, request.method, request.url.pathname);
    if (match === undefined) return { answer: problem(404, 'There is no such route; see docs/emulator.md.') };
    return { answer: await match.route.answer({ ...request, params: match.params }) };
  };
}

function dialRoutes({ dial, book }: ControlOptions): readonly ControlRoute[] {
  return [
    { method: 'GET', path: 'emulator/faults', answer: () => ({ status: 200, body: dial.settings }) },
    {
      method: 'PUT',
      path: 'emulator/faults',
      answer: request => replace(request, faultSettingsSchema, settings => dial.turn(settings)),
    },
    { method: 'GET', path: 'emulator/callees', answer: () => ({ status: 200, body: book.current }) },
    {
      method: 'PUT',
      path: 'emulator/callees',
      answer: request =>
        replace(request, calleeBookSchema, callees => {
          book.current = callees;
        }),
    },
  ];
}

function logRoutes({ log, tally, waiting }: ControlOptions): readonly ControlRoute[] {
  return [
    {
      method: 'GET',
      path: 'emulator/summary',
      answer() {
        const { callbacks, ...summary } = tally.summary;
        return { status: 200, body: { ...summary, callbacks: { ...callbacks, waiting: waiting() } } };
      },
    },
    {
      method: 'GET',
      path: 'emulator/log',
      answer: ({ url: { searchParams } }) => findInLog(log, searchParams),
    },
    {
      method: 'DELETE',
      path: 'emulator/log',
      answer() {
        log.clear();
        tally.clear();
        return { status: 204 };
      },
    },
  ];
}

const FILTERS = ['callId', 'callKey', 'callbackUri', 'operationContext', 'kind', 'who'] as const;

function findInLog(log: ActivityLog, query: URLSearchParams): Answer {
  const unknown = [...query.keys()].find(name => name !== 'limit' && !FILTERS.some(known => known === name));
  if (unknown !== undefined) {
    return problem(400, `There is no filter "${unknown}"; there are ${FILTERS.join(', ')} and limit.`);
  }
  const limit = Number(query.get('limit') ?? DEFAULT_LIMIT);
  if (!Number.isInteger(limit) || limit < 0)
    return problem(400, 'limit must be a whole number, such as 100.');
  const filter = Object.fromEntries(FILTERS.map(name => [name, query.get(name) ?? undefined]));
  return { status: 200, body: { items: log.find(filter, limit) } };
}

function replace<Value>(
  request: IncomingRequest,
  schema: z.ZodType<Value>,
  use: (value: Value) => void,
): Answer {
  const read = readJson(request, schema);
  if (!read.ok) return read.answer;
  use(read.value);
  return { status: 200, body: read.value };
}
