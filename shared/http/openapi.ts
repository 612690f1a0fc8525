import packageJson from '../../package.json' with { type: 'json' };
import { PROBLEMS, type ProblemName, problemType } from '../problems/problem.ts';
import {
  componentSchemas,
  inlineSchema,
  type JsonSchema,
  type SchemaName,
  schemaRef,
} from './openapi-components.ts';
import { type Parameter, ROUTES, type Route } from './openapi-routes.ts';

/** As much of an OpenAPI 3.1 document as this one has. */
export interface OpenapiDocument {
  readonly openapi: '3.1.0';
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenapiOperation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly securitySchemes: Readonly<Record<string, JsonSchema>>;
  };
}

/** One method of one path. */
export interface OpenapiOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters: readonly OpenapiParameter[];
  readonly requestBody?: unknown;
  readonly responses: Readonly<Record<string, OpenapiResponse>>;
}

/** A parameter in the path or in the query. */
export interface OpenapiParameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly description: unknown;
  readonly schema: JsonSchema;
}

/** What comes back with one status. */
export interface OpenapiResponse {
  readonly description: string;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly content?: Readonly<Record<string, { readonly schema: JsonSchema }>>;
}

/** Describes every route of the app: what it takes, what it answers, and what can go wrong. */
export function openapiDocument(): OpenapiDocument {
  const paths: Record<string, Record<string, OpenapiOperation>> = {};
  for (const route of ROUTES) {
    paths[route.path] = { ...paths[route.path], [route.method]: operationOf(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Ringback',
      version: packageJson.version,
      description: 'Turns call events of Azure Communication Services into call state that can be trusted.',
    },
    tags: [
      { name: 'callbacks', description: 'Where ACS sends its events.' },
      { name: 'calls', description: 'What is known about calls.' },
      { name: 'conversations', description: 'What is done on conversations that others are on.' },
      { name: 'parked', description: 'What could not be processed, kept with its reason.' },
      { name: 'service', description: 'The app itself.' },
    ],
    paths,
    components: { schemas: componentSchemas(), securitySchemes: SECURITY_SCHEMES },
  };
}

const SECURITY_SCHEMES = {
  functionKey: {
    type: 'apiKey',
    in: 'header',
    name: 'x-functions-key',
    description: 'A function key or host key of the Function App.',
  },
  functionKeyInQuery: {
    type: 'apiKey',
    in: 'query',
    name: 'code',
    description: 'The same key in the URL. The header is better: URLs end up in logs.',
  },
  callbackSignature: {
    type: 'apiKey',
    in: 'query',
    name: 'sig',
    description:
      'base64url of HMAC-SHA256 over the call key in the URL, or over the word `callbacks` where it has none, keyed ' +
      'with CALLBACK_SECRET. It is part of the callback URI that ACS is given.',
  },
  callbackToken: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description:
      'The token that GA sends, beside the signature. Asked for when CALLBACK_JWT_AUDIENCE is set, and never of events of ' +
      'the previews, which have none.',
  },
  eventGridKey: {
    type: 'apiKey',
    in: 'query',
    name: 'key',
    description:
      'EVENT_GRID_KEY. It is part of the address of the event subscription that the deployment makes.',
  },
  eventGridSignature: {
    type: 'apiKey',
    in: 'query',
    name: 'sig',
    description: 'The signature over the word `event-grid`, in place of the key.',
  },
  eventGridToken: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description:
      'A token of Microsoft Entra, beside the signature. Asked for when EVENT_GRID_JWT_AUDIENCE is set.',
  },
} as const;

const SECURITY = {
  key: [{ functionKey: [] }, { functionKeyInQuery: [] }],
  signature: [{ callbackSignature: [] }, { callbackSignature: [], callbackToken: [] }],
  eventGrid: [
    { eventGridKey: [] },
    { eventGridSignature: [] },
    { eventGridKey: [], eventGridToken: [] },
    { eventGridSignature: [], eventGridToken: [] },
  ],
  eventGridUrl: [{ eventGridKey: [] }, { eventGridSignature: [] }],
  anybody: [],
} as const;

function operationOf(route: Route): OpenapiOperation {
  const { operationId, summary, description, tag, access, parameters = [], body } = route;
  return {
    operationId,
    summary,
    ...(description === undefined ? {} : { description }),
    tags: [tag],
    security: SECURITY[access],
    parameters: parameters.map(parameterOf),
    ...(body === undefined ? {} : { requestBody: { required: true, content: jsonContent(body) } }),
    responses: responsesOf(route),
  };
}

function parameterOf({ name, in: place, schema }: Parameter): OpenapiParameter {
  const { description, ...rest } = inlineSchema(schema);
  return { name, in: place, required: place === 'path', description, schema: rest };
}

function responsesOf({ answers, problems, access }: Route): Record<string, OpenapiResponse> {
  const responses: Record<string, OpenapiResponse> = {};
  for (const [status, { description, schema }] of Object.entries(answers)) {
    responses[status] = { description, ...(schema === undefined ? {} : { content: jsonContent(schema) }) };
  }
  for (const [status, names] of Map.groupBy(problems, name => PROBLEMS[name][0])) {
    responses[status] = problemResponse(status, names);
  }
  // The Functions host asks for the key before the app sees the request.
  if (access === 'key') responses[401] = { description: 'The key is missing or wrong. The body is empty.' };
  return responses;
}

function problemResponse(status: number, names: readonly ProblemName[]): OpenapiResponse {
  const retryAfter = {
    description: 'After how many seconds to try again.',
    schema: { type: 'integer', minimum: 1 },
  };
  return {
    description: names.map(name => `${PROBLEMS[name][1]} (\`${problemType(name)}\`).`).join(' '),
    ...(status === 503 ? { headers: { 'Retry-After': retryAfter } } : {}),
    content: { 'application/problem+json': { schema: schemaRef('Problem') } },
  };
}

function jsonContent(name: SchemaName) {
  return { 'application/json': { schema: schemaRef(name) } };
}
