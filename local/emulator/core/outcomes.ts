import type { Outcome } from './leg-event.ts';

/** Outcomes with the codes that ACS documents for them. */
export const OUTCOMES = {
  played: { code: 200, subcode: 0, message: 'The prompt was played to its end.' },
  cancelled: { code: 400, subcode: 8508, message: 'The operation was cancelled.' },
  noDownload: { code: 400, subcode: 8536, message: 'The audio file could not be downloaded.' },
  badFormat: {
    code: 400,
    subcode: 8535,
    message: 'The audio file is not a WAV of one channel, 16 bits and 16 kHz.',
  },
  busy: { code: 486, subcode: 8539, message: 'The participant was busy.' },
  declined: { code: 603, subcode: 8538, message: 'The participant declined.' },
  unanswered: { code: 487, subcode: 8541, message: 'The participant did not answer in time.' },
  callOver: { code: 487, subcode: 0, message: 'The call ended before the participant answered.' },
} as const satisfies Record<string, Outcome>;
