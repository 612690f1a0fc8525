import * as z from 'zod';
import { CALL_KEY } from '../ids/call-key.ts';
import type { ProblemName } from '../problems/problem.ts';
import { STATE_FILTERS } from './call-query.ts';
import type { SchemaName } from './openapi-components.ts';
import { LIMIT_DEFAULT, LIMIT_MAX } from './page-query.ts';

/** One route with one method, as the document describes it. */
export interface Route {
  readonly path: string;
  readonly method: 'get' | 'post' | 'delete' | 'options';
  readonly operationId: string;
  readonly tag: 'callbacks' | 'calls' | 'conversations' | 'parked' | 'service';
  readonly summary: string;
  readonly description?: string;
  /** Who may ask: whoever has a function key, whoever has the signature of the URL (and a token), anybody. */
  readonly access: 'key' | 'signature' | 'eventGrid' | 'eventGridUrl' | 'anybody';
  readonly parameters?: readonly Parameter[];
  readonly body?: SchemaName;
  readonly answers: Readonly<Record<number, { readonly description: string; readonly schema?: SchemaName }>>;
  readonly problems: readonly ProblemName[];
}

/** A parameter of a route. */
export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly schema: z.ZodType;
}

const callKeyOrId: Parameter = {
  name: 'callKey',
  in: 'path',
  schema: z.string().describe("The call's key, or the id that ACS gave it (call leg or call connection)."),
};

const parkedId: Parameter = {
  name: 'id',
  in: 'path',
  schema: z.string().describe('The id of the parked thing.'),
};

const conversationId: Parameter = {
  name: 'id',
  in: 'path',
  schema: z
    .string()
    .describe(
      'The id of a group call, or the URL of a conversation in base64: percent-encoded, or in base64url.',
    ),
};

const timeDescription = 'A date (its first moment in UTC) or a date-time, such as 2021-05-05T20:08:39Z.';

const page: readonly Parameter[] = [
  {
    name: 'limit',
    in: 'query',
    schema: z
      .int()
      .min(1)
      .max(LIMIT_MAX)
      .default(LIMIT_DEFAULT)
      .describe('How many items a page has at most; it can have fewer and still not be the last.'),
  },
  {
    name: 'cursor',
    in: 'query',
    schema: z.string().optional().describe('The nextCursor of the page before, with the same filters.'),
  },
];

/** What can go wrong wherever storage is asked. */
const ALWAYS = ['misconfigured', 'storage-unavailable'] as const;

const idempotencyKey: Parameter = {
  name: 'Idempotency-Key',
  in: 'header',
  schema: z
    .string()
    .max(256)
    .optional()
    .describe('The same request with the same key is carried out once; remembered for 24 hours.'),
};

/** What every request for something to be done has in common. */
const asking = {
  access: 'key',
  answers: {
    202: {
      description:
        'It is recorded; the call at `Location` shows how it goes. The answer comes when ACS has answered, or has not within 15 s; at once where the action waits: for a line of its number, for one before it on the same call, or to be tried again. What ACS said does not show here.',
      schema: 'Requested',
    },
  },
} as const satisfies Partial<Route>;

const bodyProblems = [
  'invalid-json',
  'empty-body',
  'length-required',
  'too-large',
  'unsupported-media-type',
] as const;

const askingProblems = [
  'invalid-idempotency-key',
  'invalid-request',
  'not-supported',
  'idempotency-key-reused',
  ...ALWAYS,
] as const;

const callback = {
  method: 'post',
  tag: 'callbacks',
  access: 'signature',
  body: 'CallbackBody',
  answers: {
    200: {
      description: 'Every event is in the queue, or parked with the reason: nothing has to be sent again.',
      schema: 'Received',
    },
  },
} as const satisfies Partial<Route>;

const callbackProblems = [
  'invalid-json',
  'nothing-recognised',
  'too-deep',
  'empty-body',
  'not-authentic',
  'invalid-token',
  'length-required',
  'too-large',
  'too-many-events',
  'unsupported-media-type',
  'keys-unavailable',
  ...ALWAYS,
] as const;

/** Every route of the app. */
export const ROUTES: readonly Route[] = [
  {
    ...callback,
    path: '/api/callbacks/{callKey}',
    operationId: 'receiveCallbackOfCall',
    summary: 'Take in events of one call',
    description:
      'The callback URI of a call that was placed under a key of ours. Events that name another call are parked.',
    parameters: [
      {
        name: 'callKey',
        in: 'path',
        schema: z.string().regex(CALL_KEY).describe('The key of the call that all of the events belong to.'),
      },
    ],
    problems: ['invalid-call-key', ...callbackProblems],
  },
  {
    ...callback,
    path: '/api/callbacks',
    operationId: 'receiveCallback',
    summary: 'Take in events of any calls',
    description: 'The callback URI of calls that somebody else placed: each event names its call.',
    problems: callbackProblems,
  },
  {
    path: '/api/event-grid',
    method: 'post',
    operationId: 'receiveEventGrid',
    tag: 'callbacks',
    summary: 'Take in what Event Grid delivers',
    description:
      'Incoming calls, reports on calls and files of recordings. Answers the validation of a subscription as well.',
    access: 'eventGrid',
    body: 'EventGridBody',
    answers: {
      200: {
        description: 'Every event is in the queue, or parked with the reason; or the answer to a validation.',
        schema: 'EventGridAnswer',
      },
    },
    problems: ['topic-not-allowed', ...callbackProblems],
  },
  {
    path: '/api/event-grid',
    method: 'options',
    operationId: 'allowEventGrid',
    tag: 'callbacks',
    summary: 'Answer the handshake of a subscription for CloudEvents',
    access: 'eventGridUrl',
    answers: { 200: { description: 'The headers WebHook-Allowed-Origin and WebHook-Allowed-Rate say yes.' } },
    problems: ['no-origin', 'not-authentic', 'misconfigured'],
  },
  {
    path: '/api/calls',
    method: 'get',
    operationId: 'listCalls',
    tag: 'calls',
    summary: 'List calls',
    description:
      'Newest first by their earliest event; the open ones, when nothing else is asked, in no such order.',
    access: 'key',
    parameters: [
      {
        name: 'state',
        in: 'query',
        schema: z
          .enum(STATE_FILTERS)
          .optional()
          .describe('Calls in this state; `open` is any but disconnected.'),
      },
      {
        name: 'from',
        in: 'query',
        schema: z
          .string()
          .optional()
          .describe(`Calls whose earliest event is not before this. ${timeDescription}`),
      },
      {
        name: 'to',
        in: 'query',
        schema: z
          .string()
          .optional()
          .describe(`Calls whose earliest event is before this. ${timeDescription}`),
      },
      ...page,
    ],
    answers: { 200: { description: 'One page of calls.', schema: 'CallPage' } },
    problems: ['invalid-query', ...ALWAYS],
  },
  {
    ...asking,
    path: '/api/calls',
    method: 'post',
    operationId: 'placeCall',
    tag: 'calls',
    summary: 'Place a call',
    description: 'Calls one or several. The key of the call is in the answer, and in its callback URL.',
    parameters: [idempotencyKey],
    body: 'PlaceCallRequest',
    problems: [...bodyProblems, ...askingProblems],
  },
  {
    ...asking,
    path: '/api/calls/{callKey}/actions',
    method: 'post',
    operationId: 'requestAction',
    tag: 'calls',
    summary: 'Ask for an action on a call',
    description: 'Actions of a call go out one after the other; one that ends it overtakes the others.',
    parameters: [callKeyOrId, idempotencyKey],
    body: 'Action',
    problems: [...bodyProblems, ...askingProblems, 'not-found', 'call-ended', 'call-not-connected'],
  },
  {
    ...asking,
    path: '/api/conversations/{id}/join',
    method: 'post',
    operationId: 'joinConversation',
    tag: 'conversations',
    summary: 'Join a conversation',
    description:
      'Begins a call of ours on a conversation that others are on, so as to watch it or act on it.',
    parameters: [conversationId, idempotencyKey],
    body: 'JoinRequest',
    problems: [...bodyProblems, ...askingProblems],
  },
  {
    ...asking,
    path: '/api/conversations/{id}/participants',
    method: 'post',
    operationId: 'addToConversation',
    tag: 'conversations',
    summary: 'Call somebody into a conversation that we are not in',
    parameters: [conversationId, idempotencyKey],
    body: 'AddToConversationRequest',
    problems: [...bodyProblems, ...askingProblems],
  },
  {
    ...asking,
    path: '/api/conversations/{id}/participants/{participantId}',
    method: 'delete',
    operationId: 'removeFromConversation',
    tag: 'conversations',
    summary: 'Remove somebody from a conversation that we are not in',
    parameters: [
      conversationId,
      {
        name: 'participantId',
        in: 'path',
        schema: z.string().describe('The participantId of a roster, percent-encoded.'),
      },
      idempotencyKey,
    ],
    problems: askingProblems,
  },
  {
    path: '/api/calls/{callKey}',
    method: 'get',
    operationId: 'getCall',
    tag: 'calls',
    summary: 'Read what is known about a call',
    access: 'key',
    parameters: [callKeyOrId],
    answers: { 200: { description: 'The call.', schema: 'Call' } },
    problems: ['not-found', ...ALWAYS],
  },
  {
    path: '/api/calls/{callKey}/journal',
    method: 'get',
    operationId: 'getCallJournal',
    tag: 'calls',
    summary: "Read a call's events",
    description: 'Each event once, in the order in which they were applied.',
    access: 'key',
    parameters: [callKeyOrId, ...page],
    answers: { 200: { description: 'One page of events.', schema: 'JournalPage' } },
    problems: ['invalid-query', 'not-found', ...ALWAYS],
  },
  {
    path: '/api/parked',
    method: 'get',
    operationId: 'listParked',
    tag: 'parked',
    summary: 'List what could not be processed',
    description: 'Newest first.',
    access: 'key',
    parameters: page,
    answers: { 200: { description: 'One page of parked things.', schema: 'ParkedPage' } },
    problems: ['invalid-query', ...ALWAYS],
  },
  {
    path: '/api/parked/{id}/replay',
    method: 'post',
    operationId: 'replayParked',
    tag: 'parked',
    summary: 'Process a parked thing again',
    description:
      'Puts it into the queue and takes it off the list; what was recorded before is not recorded twice.',
    access: 'key',
    parameters: [parkedId],
    answers: { 202: { description: 'It is on its way again.', schema: 'Replayed' } },
    problems: ['not-found', 'cannot-replay', ...ALWAYS],
  },
  {
    path: '/api/parked/{id}',
    method: 'delete',
    operationId: 'dropParked',
    tag: 'parked',
    summary: 'Drop a parked thing for good',
    access: 'key',
    parameters: [parkedId],
    answers: { 204: { description: 'It is gone.' } },
    problems: ['not-found', ...ALWAYS],
  },
  {
    path: '/api/health',
    method: 'get',
    operationId: 'getHealth',
    tag: 'service',
    summary: 'Tell whether the app can do its work',
    access: 'anybody',
    answers: {
      200: { description: 'It works; `degraded` says that something needs an operator.', schema: 'Health' },
      503: { description: 'It cannot work: storage does not answer.', schema: 'Health' },
    },
    problems: ['misconfigured'],
  },
  {
    path: '/api/openapi.json',
    method: 'get',
    operationId: 'getOpenapi',
    tag: 'service',
    summary: 'Read this document',
    access: 'anybody',
    answers: { 200: { description: 'An OpenAPI 3.1 document.' } },
    problems: ['misconfigured'],
  },
];
