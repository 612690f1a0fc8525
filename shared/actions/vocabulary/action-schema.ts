import * as z from 'zod';
import { ACTION_KINDS } from '../../domain/action.ts';
import { lazily } from '../../lazily.ts';
import { acsUserSchema, identitiesSchema, identitySchema } from './identity.ts';
import { cognitiveServicesEndpointSchema, incomingSchemas } from './incoming-schemas.ts';
import { mediaSchemas } from './media-schemas.ts';
import { callerIdSchema, participantSchemas } from './participant-schemas.ts';
import { recognizeSchema } from './recognize.ts';
import { recordingSchemas } from './recording-schemas.ts';
import { eventsSchema, modalitiesSchema } from './subscription.ts';
import { conversationIdSchema, displayNameSchema, participantIdSchema, subjectSchema } from './texts.ts';

const from = lazily(() =>
  acsUserSchema()
    .optional()
    .describe('Who calls; the setting ACS_SOURCE_USER unless told. GA calls without.'),
);
const subject = lazily(() => subjectSchema().optional());

/** A call to one or several, who are rung at once. */
export const placeCallSchema = lazily(() =>
  z.strictObject({
    kind: z.literal('placeCall').describe('Calls one or several, who are rung at once.'),
    to: z
      .union([identitySchema.transform(identity => [identity]), identitiesSchema()])
      .describe('Who is called: one or several.'),
    from: from(),
    callerId: callerIdSchema(),
    displayName: displayNameSchema().optional(),
    subject: subject(),
    modalities: modalitiesSchema(),
    events: eventsSchema(),
    cognitiveServicesEndpoint: cognitiveServicesEndpointSchema(),
  }),
);

const LOCATORS = ['serverCall', 'groupCall', 'room'] as const;

/** Our own leg on a conversation that others are on. */
export const joinCallSchema = lazily(() =>
  z.strictObject({
    kind: z.literal('joinCall').describe('Joins a conversation.'),
    conversationId: conversationIdSchema(),
    locator: z
      .enum(LOCATORS, `expected one of ${LOCATORS.join(', ')}`)
      .optional()
      .describe(
        'What the id is one of, which GA asks for: a group call where it is a GUID, else a server call.',
      ),
    from: from(),
    subject: subject(),
    modalities: modalitiesSchema(),
    events: eventsSchema(),
    cognitiveServicesEndpoint: cognitiveServicesEndpointSchema(),
  }),
);

/** An invitation into a conversation that we are not in. */
export const addToConversationSchema = lazily(() =>
  z.strictObject({
    kind: z.literal('addToConversation').describe('Calls somebody into a conversation that we are not in.'),
    conversationId: conversationIdSchema(),
    participants: identitiesSchema(),
    callerId: callerIdSchema(),
  }),
);

/**
 * Every action, in the words of the domain and flat, as HTTP and flows write it. A member that is not known is a fault:
 * it is a misspelt one.
 */
export const actionSchema = lazily(() =>
  z
    .discriminatedUnion(
      'kind',
      [
        placeCallSchema(),
        joinCallSchema(),
        ...incomingSchemas(),
        z.strictObject({ kind: z.literal('hangUp').describe('Leaves the call.') }),
        z.strictObject({ kind: z.literal('endForAll').describe('Ends the call for everybody on it.') }),
        ...mediaSchemas(),
        recognizeSchema(),
        ...participantSchemas(),
        ...recordingSchemas(),
        addToConversationSchema(),
        z.strictObject({
          kind: z
            .literal('removeFromConversation')
            .describe('Removes somebody from a conversation that we are not in.'),
          conversationId: conversationIdSchema(),
          participantId: participantIdSchema(),
        }),
      ],
      { error: `expected one of ${ACTION_KINDS.join(', ')}` },
    )
    .meta({ examples: [{ kind: 'hangUp' }] }),
);

/** An action that was read: identities are raw ids, and what has a default has it. */
export type ActionSpec = z.infer<ReturnType<typeof actionSchema>>;

/** An action of one kind, or of some. */
export type SpecOf<Kind extends ActionSpec['kind']> = Extract<ActionSpec, { readonly kind: Kind }>;

/** An action as HTTP and flows write it. */
export type ActionInput = z.input<ReturnType<typeof actionSchema>>;
