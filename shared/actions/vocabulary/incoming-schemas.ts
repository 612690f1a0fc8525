import * as z from 'zod';
import { lazily } from '../../lazily.ts';
import { identitySchema } from './identity.ts';

const CONTEXT = 'expected the incomingCallContext of an incoming call';

const incomingCallContext = lazily(() =>
  z
    .string(CONTEXT)
    .regex(/^[\x21-\x7e]{1,16384}$/, CONTEXT)
    .describe('What answering it takes, as the event that told of the call has it; good while it rings.'),
);

/** Why a call is turned away, as ACS tells the caller. */
const REJECT_REASONS = ['none', 'busy', 'forbidden'] as const;

/** The address of the Azure AI services that speak and listen. */
export const cognitiveServicesEndpointSchema = lazily(() =>
  z
    .string('expected an https address, such as https://speech.cognitiveservices.azure.com')
    .regex(
      /^https?:\/\/[\x21-\x7e]{1,512}$/i,
      'expected an https address, such as https://speech.cognitiveservices.azure.com',
    )
    .optional()
    .describe(
      'The Azure AI services that speak and listen on the call; the setting COGNITIVE_SERVICES_ENDPOINT unless told. Of GA alone.',
    ),
);

/** What is done about a call that comes in. */
export const incomingSchemas = lazily(
  () =>
    [
      z.strictObject({
        kind: z.literal('answerCall').describe('Answers a call that comes in.'),
        incomingCallContext: incomingCallContext(),
        caller: identitySchema.optional().describe('Who calls: the keys that they press are listened for.'),
        cognitiveServicesEndpoint: cognitiveServicesEndpointSchema(),
      }),
      z.strictObject({
        kind: z.literal('rejectCall').describe('Turns a call away that comes in.'),
        incomingCallContext: incomingCallContext(),
        reason: z
          .enum(REJECT_REASONS, `expected one of ${REJECT_REASONS.join(', ')}`)
          .default('none')
          .describe('What the caller is told.'),
      }),
      z.strictObject({
        kind: z.literal('redirectCall').describe('Sends a call that comes in to somebody else.'),
        incomingCallContext: incomingCallContext(),
        to: identitySchema.describe('Who is rung in our place.'),
      }),
    ] as const,
);
