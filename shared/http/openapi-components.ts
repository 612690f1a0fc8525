import * as z from 'zod';
import { actionSchema } from '../actions/vocabulary/action-schema.ts';
import { callSchema, callSummarySchema } from './schemas/call-schema.ts';
import { callbackBodySchema, otherEventSchema, WIRE_EVENTS } from './schemas/callback-body-schema.ts';
import { cloudEventSchema, eventGridBodySchema, eventGridEventSchema } from './schemas/cloud-event-schema.ts';
import { healthSchema } from './schemas/health-schema.ts';
import { journalEntrySchema } from './schemas/journal-entry-schema.ts';
import { operationSchema, reasonSchema } from './schemas/operation-schema.ts';
import { parkedSchema, replayedSchema } from './schemas/parked-schema.ts';
import { payloadSchema } from './schemas/payload-schemas.ts';
import { problemSchema } from './schemas/problem-schema.ts';
import { eventGridAnswerSchema, receivedSchema } from './schemas/received-schema.ts';
import {
  addToConversationRequestSchema,
  joinRequestSchema,
  placeCallRequestSchema,
  requestedSchema,
} from './schemas/request-schemas.ts';
import { timeSchema } from './schemas/value-schemas.ts';

/** A JSON Schema, draft 2020-12: what OpenAPI 3.1 takes. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** The schemas that the document names. */
export const NAMED_SCHEMAS = {
  Action: actionSchema(),
  AddToConversationRequest: addToConversationRequestSchema(),
  Call: callSchema,
  CallSummary: callSummarySchema,
  CallPage: pageOf(callSummarySchema, 'calls'),
  CallbackBody: callbackBodySchema,
  CloudEvent: cloudEventSchema,
  EventGridAnswer: eventGridAnswerSchema,
  EventGridBody: eventGridBodySchema,
  EventGridEvent: eventGridEventSchema,
  EventTime: timeSchema,
  Health: healthSchema,
  JoinRequest: joinRequestSchema(),
  JournalEntry: journalEntrySchema,
  JournalPage: pageOf(journalEntrySchema, 'events'),
  Operation: operationSchema,
  OtherEvent: otherEventSchema,
  Parked: parkedSchema,
  ParkedPage: pageOf(parkedSchema, 'parked things'),
  Payload: payloadSchema,
  PlaceCallRequest: placeCallRequestSchema(),
  Problem: problemSchema,
  Reason: reasonSchema,
  Received: receivedSchema,
  Replayed: replayedSchema,
  Requested: requestedSchema(),
  ...WIRE_EVENTS,
} satisfies Readonly<Record<string, z.ZodType>>;

/** The name of a schema of the document. */
export type SchemaName = keyof typeof NAMED_SCHEMAS;

/** Where the document keeps a schema. */
export function schemaRef(name: SchemaName): JsonSchema {
  return { $ref: `#/components/schemas/${name}` };
}

/** The named schemas as JSON Schema, referring to each other. */
export function componentSchemas(): Readonly<Record<string, JsonSchema>> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(NAMED_SCHEMAS)) registry.add(schema, { id });
  const uri = (id: string) => `#/components/schemas/${id}`;
  const { schemas } = z.toJSONSchema(registry, { uri, io: 'input', override: simplify });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $schema: _schema, $id: _id, ...schema }]) => [id, schema]),
  );
}

/** A schema that has no name, as JSON Schema. */
export function inlineSchema(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...inline } = z.toJSONSchema(schema, { io: 'input', override: simplify });
  return inline;
}

/** A later version may add members, and the bounds of a JavaScript integer are nothing that a reader needs. */
function simplify({ jsonSchema }: { readonly jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  delete jsonSchema.additionalProperties;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}

function pageOf<Item extends z.ZodType>(item: Item, name: string) {
  return z
    .strictObject({
      items: z.array(item).describe(`The ${name} of this page.`),
      nextCursor: z
        .string()
        .nullable()
        .describe('Give it as `cursor`, with the same filters, for the next page; null on the last one.'),
    })
    .describe(`One page of ${name}.`);
}
