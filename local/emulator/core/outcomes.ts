import type { Outcome } from './leg-event.ts';

/** Outcomes with the codes that ACS documents for them. */
export const OUTCOMES = {
  done: { code: 200, subcode: 0, message: 'The action completed.' },
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
  mostTones: { code: 200, subcode: 8531, message: 'The maximum number of digits was received.' },
  stopTone: { code: 200, subcode: 8514, message: 'A stop tone was detected.' },
  toneChosen: { code: 200, subcode: 8533, message: 'A DTMF option matched.' },
  phraseChosen: { code: 200, subcode: 8545, message: 'A speech option matched.' },
  spoken: { code: 200, subcode: 8569, message: 'Speech was recognized.' },
  initialSilence: { code: 400, subcode: 8510, message: 'No input before the initial silence timeout.' },
  promptFailed: { code: 400, subcode: 8511, message: 'The prompt could not be played.' },
  interToneSilence: { code: 400, subcode: 8532, message: 'No further digit before the timeout.' },
  wrongTone: { code: 400, subcode: 8534, message: 'A tone outside the options was entered.' },
  noChoice: { code: 400, subcode: 8547, message: 'No option matched what was said.' },
  notThere: { code: 404, subcode: 8522, message: 'The participant is not in the call.' },
  tooLate: { code: 409, subcode: 8519, message: 'The invitation was already settled.' },
  noHold: { code: 400, subcode: 8500, message: 'The media mode does not allow hold.' },
  noTelephone: { code: 400, subcode: 8523, message: 'Tones can only be sent to a telephone.' },
} as const satisfies Record<string, Outcome>;
