import * as z from 'zod';
import { lazily } from '../../lazily.ts';

/**
 * An id that becomes one segment of a path. Of visible characters, and not of dots alone: a URL with such a segment
 * names another resource (RFC 3986, 5.2.4), and a participant `..` would be the call itself.
 */
const PATH_SEGMENT = /^(?!\.+$)[\x21-\x7e]{1,1024}$/;

/** A conversation: the id of a group call, or the URL of a conversation in base64. */
export const conversationIdSchema = lazily(() =>
  z
    .string('expected the id of a conversation, such as f8c3b2a0-5b8e-4f0a-9f5d-2a6e3d9b4c10')
    .regex(
      PATH_SEGMENT,
      'expected the id of a conversation in 1 to 1024 visible characters, such as f8c3b2a0-5b8e-4f0a-9f5d-2a6e3d9b4c10',
    )
    .describe('The id of a group call, or the URL of a conversation in base64.')
    .meta({ examples: ['f8c3b2a0-5b8e-4f0a-9f5d-2a6e3d9b4c10'] }),
);

/** One endpoint on a call, as rosters name it. */
export const participantIdSchema = lazily(() =>
  z
    .string('expected the participantId of a roster, such as de7539f7-019e-4934-a4c9-9a770e5e07bb')
    .regex(
      PATH_SEGMENT,
      'expected the participantId of a roster in 1 to 1024 visible characters, such as de7539f7-019e-4934-a4c9-9a770e5e07bb',
    )
    .describe('The participantId that the roster of the call has.')
    .meta({ examples: ['de7539f7-019e-4934-a4c9-9a770e5e07bb'] }),
);

const SUBJECT = 'expected a text of 1 to 256 characters in one line, such as Appointment reminder';

/** What a call is about. The API sets no limit; this one is ours. */
export const subjectSchema = lazily(() =>
  z
    .string(SUBJECT)
    .regex(/^[^\p{Cc}]{1,256}$/u, SUBJECT)
    .describe('What the call is about.')
    .meta({ examples: ['Appointment reminder'] }),
);

const ID = 'expected an id of ACS in 1 to 1024 visible characters';

/** An id that ACS gave. */
export const idSchema = lazily(() => z.string(ID).regex(PATH_SEGMENT, ID));

const DISPLAY_NAME = 'expected a text of 1 to 256 characters in one line, such as Contoso Clinic';

/** What those who are called see beside the number. The API sets no limit; this one is ours. */
export const displayNameSchema = lazily(() =>
  z
    .string(DISPLAY_NAME)
    .regex(/^[^\p{Cc}]{1,256}$/u, DISPLAY_NAME)
    .describe('What those who are called see. GA alone can tell them.')
    .meta({ examples: ['Contoso Clinic'] }),
);
