import { expect } from 'vitest';
import * as z from 'zod';
import { signCallback } from '../../shared/http/callback-signature.ts';
import { callSchema, callSummarySchema } from '../../shared/http/schemas/call-schema.ts';
import { healthSchema } from '../../shared/http/schemas/health-schema.ts';
import { journalEntrySchema } from '../../shared/http/schemas/journal-entry-schema.ts';
import { parkedSchema } from '../../shared/http/schemas/parked-schema.ts';
import { problemSchema } from '../../shared/http/schemas/problem-schema.ts';
import { receivedSchema } from '../../shared/http/schemas/received-schema.ts';
import { requestedSchema } from '../../shared/http/schemas/request-schemas.ts';
import { pollUntil } from './poll-until.ts';

/** All that is known about a call. */
export type Call = z.output<typeof callSchema>;
/** A call in a list. */
export type CallSummary = z.output<typeof callSummarySchema>;
/** An event in a journal. */
export type JournalEntry = z.output<typeof journalEntrySchema>;
/** Something parked. */
export type Parked = z.output<typeof parkedSchema>;
/** Why a request was refused. */
export type Problem = z.output<typeof problemSchema>;

interface Page<Item> {
  readonly items: Item[];
  readonly nextCursor: string | null;
}

/** Where the API is, and what opens it. */
export interface ApiOptions {
  readonly baseUrl: string;
  readonly callbackSecret: string;
  readonly functionKey?: string | undefined;
}

/** How far the first search through parked things goes. */
const PARKED_PAGES_MAX = 5;

/** The API over real HTTP; every answer is held against its schema, members that the schema lacks included. */
export class ApiClient {
  readonly #options: ApiOptions;

  constructor(options: ApiOptions) {
    this.#options = options;
  }

  /** The callback URL of a call, or of no call in particular, with its signature. */
  callbackUrl(callKey?: string, secret = this.#options.callbackSecret): string {
    const path = callKey === undefined ? '' : `/${callKey}`;
    return `${this.#options.baseUrl}/api/callbacks${path}?sig=${signCallback(secret, callKey)}`;
  }

  /** The address that Event Grid delivers to, with its signature. */
  eventGridUrl(secret = this.#options.callbackSecret): string {
    return `${this.#options.baseUrl}/api/event-grid?sig=${signCallback(secret, 'event-grid')}`;
  }

  /** Posts a body as ACS does. */
  post(url: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    return fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  }

  /** Posts a callback that is to be taken in. */
  async deliver(body: unknown, callKey?: string): Promise<z.output<typeof receivedSchema>> {
    const response = await this.post(this.callbackUrl(callKey), body);
    expect(response.status).toBe(200);
    return receivedSchema.parse(await response.json());
  }

  /** Asks an operator route, with the key where there is one. */
  request(path: string, method = 'GET', more: RequestInit = {}): Promise<Response> {
    const { baseUrl, functionKey } = this.#options;
    const headers = new Headers(more.headers);
    if (functionKey !== undefined) headers.set('x-functions-key', functionKey);
    return fetch(`${baseUrl}${path}`, { ...more, method, headers });
  }

  /** Asks for something to be done, with a JSON body. */
  ask(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    const json = { 'content-type': 'application/json', ...headers };
    return this.request(path, 'POST', { headers: json, body: JSON.stringify(body) });
  }

  /** Asks for something to be done that is to be taken. */
  async asked(
    path: string,
    body: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<z.output<ReturnType<typeof requestedSchema>>> {
    const response = await this.ask(path, body, headers);
    const answer: unknown = await response.json();
    expect({ status: response.status, answer }).toMatchObject({ status: 202 });
    const requested = requestedSchema().parse(answer);
    expect(response.headers.get('location')).toBe(`/api/calls/${requested.callKey}`);
    return requested;
  }

  /** A call; undefined while there is none. */
  async findCall(id: string): Promise<Call | undefined> {
    const response = await this.request(`/api/calls/${encodeURIComponent(id)}`);
    if (response.status === 404) return undefined;
    expect(response.status).toBe(200);
    return callSchema.parse(await response.json());
  }

  /** Waits until a call is as it should become. */
  call(id: string, isReady: (call: Call) => boolean = () => true, timeoutMs?: number): Promise<Call> {
    const ask = async () => {
      const call = await this.findCall(id);
      return call !== undefined && isReady(call) ? call : undefined;
    };
    return pollUntil(`call ${id} is as expected`, ask, timeoutMs);
  }

  /** One page of a call's journal. */
  journalPage(id: string, query = ''): Promise<Page<JournalEntry>> {
    return this.#page(`/api/calls/${encodeURIComponent(id)}/journal${query}`, journalEntrySchema);
  }

  /** Waits until a call's journal has at least so many events, and gives all of it. */
  journal(id: string, events: number, timeoutMs?: number): Promise<JournalEntry[]> {
    const ask = async () => {
      if ((await this.findCall(id)) === undefined) return undefined;
      const { items } = await this.journalPage(id, '?limit=500');
      return items.length >= events ? items : undefined;
    };
    return pollUntil(`the journal of ${id} has ${events} events`, ask, timeoutMs);
  }

  /** One page of the list of calls. */
  callPage(query: string): Promise<Page<CallSummary>> {
    return this.#page(`/api/calls?${query}`, callSummarySchema);
  }

  /** All calls that a query finds, page by page. */
  async calls(query: string): Promise<CallSummary[]> {
    const found: CallSummary[] = [];
    let cursor = '';
    do {
      const { items, nextCursor } = await this.callPage(`${query}${cursor}`);
      found.push(...items);
      cursor = nextCursor === null ? '' : `&cursor=${nextCursor}`;
    } while (cursor !== '');
    return found;
  }

  /** One page of what is parked. */
  parkedPage(query = ''): Promise<Page<Parked>> {
    return this.#page(`/api/parked${query}`, parkedSchema);
  }

  /** What is parked with a text in it; looks through the newest pages only. */
  async findParked(text: string): Promise<Parked | undefined> {
    let cursor = '';
    for (let page = 0; page < PARKED_PAGES_MAX; page++) {
      const { items, nextCursor } = await this.parkedPage(`?limit=200${cursor}`);
      const found = items.find(item => item.text.includes(text));
      if (found !== undefined || nextCursor === null) return found;
      cursor = `&cursor=${nextCursor}`;
    }
    return undefined;
  }

  /** Waits until something with a text in it is parked. */
  parked(text: string, timeoutMs?: number): Promise<Parked> {
    return pollUntil(`something with ${text} is parked`, () => this.findParked(text), timeoutMs);
  }

  /** What the health check says, whatever its status. */
  async health(): Promise<z.output<typeof healthSchema>> {
    const response = await fetch(`${this.#options.baseUrl}/api/health`);
    return healthSchema.parse(await response.json());
  }

  async #page<Item extends z.ZodType>(path: string, item: Item): Promise<Page<z.output<Item>>> {
    const response = await this.request(path);
    expect(response.status).toBe(200);
    const schema = z.strictObject({ items: z.array(item), nextCursor: z.string().nullable() });
    return schema.parse(await response.json());
  }
}

/** Reads a refusal and holds it against RFC 9457 and the schema. */
export async function readProblem(response: Response): Promise<Problem> {
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const problem = problemSchema.parse(await response.json());
  expect(problem.status).toBe(response.status);
  return problem;
}
