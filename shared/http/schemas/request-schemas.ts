import * as z from 'zod';
import { ACTING_DIALECTS } from '../../actions/dialect-support.ts';
import {
  addToConversationSchema,
  joinCallSchema,
  placeCallSchema,
} from '../../actions/vocabulary/action-schema.ts';
import { lazily } from '../../lazily.ts';

const FLOW = 'expected a flow by its name, such as {"name": "conversation-monitor"}';

const flow = lazily(() =>
  z
    .strictObject(
      {
        name: z.string('expected the name of a flow, such as appointment-reminder').describe('Its name.'),
        version: z
          .int('expected a version, such as 1')
          .min(1)
          .optional()
          .describe('The version that is to run the call to its end; the newest unless told.'),
        input: z
          .record(z.string(), z.unknown(), 'expected an object with what the flow is to be given')
          .optional()
          .describe('What it is given to start with: what that is, the page of the flow says.'),
      },
      FLOW,
    )
    .describe('The flow that is to run the call.')
    .meta({ examples: [{ name: 'conversation-monitor', input: { hours: 2 } }] }),
);

const ofCall = lazily(() => ({
  dialect: z
    .enum(ACTING_DIALECTS, `expected one of ${ACTING_DIALECTS.join(', ')}`)
    .optional()
    .describe('The wire format in which ACS is asked, and answers; the setting ACS_DIALECT unless told.'),
}));

/** What `POST /api/calls` takes. */
export const placeCallRequestSchema = lazily(() =>
  placeCallSchema()
    .omit({ kind: true })
    .extend({ ...ofCall(), flow: flow().optional() })
    .describe('A call that is to be placed.')
    .meta({ examples: [{ to: '+14255550142' }] }),
);

/** What `POST /api/conversations/{id}/join` takes. */
export const joinRequestSchema = lazily(() =>
  joinCallSchema()
    .omit({ kind: true, conversationId: true })
    .extend({ ...ofCall(), flow: flow().optional() })
    .describe('A conversation that is to be joined, by the one whom the settings or the request name.')
    .meta({ examples: [{ subject: 'Quality check' }] }),
);

/** What `POST /api/conversations/{id}/participants` takes. */
export const addToConversationRequestSchema = lazily(() =>
  addToConversationSchema()
    .omit({ kind: true, conversationId: true })
    .extend(ofCall())
    .describe('Who is to be called into a conversation.')
    .meta({ examples: [{ participants: ['+14255550142'] }] }),
);

/** What was asked for, and where to look how it goes. */
export const requestedSchema = lazily(() =>
  z
    .strictObject({
      callKey: z
        .string()
        .describe('The key of the call, or of what stands for the action on a conversation.'),
      actionId: z.string().describe('The id of the action, under which the call shows how far it is.'),
    })
    .describe(
      'The request is recorded, and ACS was asked, or will be: the call at `Location` shows how it goes.',
    ),
);
