/** What kind of reason it is, for outcomes and reports. */
export type ReasonClass =
  | 'ok'
  | 'dropped'
  | 'cancelled'
  | 'no-answer'
  | 'busy'
  | 'declined'
  | 'unreachable'
  | 'bad-number'
  | 'blocked'
  | 'config'
  | 'network'
  | 'auth'
  | 'service'
  | 'throttled'
  | 'stale-action'
  | 'conflict'
  | 'bug'
  | 'no-input'
  | 'bad-input'
  | 'media'
  | 'unknown';

/** When the same request may be tried again: in minutes (`soon`), in hours (`later`), after mending (`fix`)… */
export type RetryAdvice = 'none' | 'soon' | 'later' | 'once' | 'back-off' | 'fix' | 're-ask' | 'never';

/** A code and subcode of ACS in plain words, with what to do about it. */
export interface Reason {
  readonly text: string;
  readonly class: ReasonClass;
  /** Whether trying the same again can help, and when. */
  readonly retry: RetryAdvice;
}

/** A code and subcode; null stands for any. */
type Match = readonly [code: number | null, subcode: number | null];

/** Codes that share a meaning, in words, class and advice. */
export type ReasonRule = readonly [
  matches: readonly Match[],
  text: string,
  reasonClass: ReasonClass,
  retry: RetryAdvice,
];

const any = (...subcodes: number[]): Match[] => subcodes.map(subcode => [null, subcode]);
const of = (code: number, ...subcodes: number[]): Match[] => subcodes.map(subcode => [code, subcode]);

/** Ten subcodes in a row: ACS documents some families as 750x. */
const tenOf = (first: number): number[] => Array.from({ length: 10 }, (_, index) => first + index);

/**
 * The codes that ACS documents for calls and for Call Automation.
 *
 * @see https://learn.microsoft.com/azure/communication-services/resources/troubleshooting/voice-video-calling/troubleshooting-codes
 */
export const REASON_RULES: readonly ReasonRule[] = [
  [[[0, 0], ...of(200, 0)], 'It ended normally.', 'ok', 'none'],
  [any(7000), 'The call was ended by the application.', 'ok', 'none'],
  [
    [...of(0, 560000, 540000), ...of(200, 560000, 540000)],
    'The person on the telephone hung up.',
    'ok',
    'none',
  ],
  [of(0, 5000, 5300), 'Another participant removed them from the call.', 'ok', 'none'],
  [of(0, 4097), 'The organiser ended the call for everybody.', 'ok', 'none'],
  [of(0, 4521), 'Their client went away: the app or the tab was closed.', 'dropped', 'none'],
  [
    [...of(487, 0), ...any(540487, 560487)],
    'The caller gave up before anybody answered.',
    'cancelled',
    'none',
  ],
  [
    [...of(487, 10004), ...of(408, 4506, 560408), ...of(480, 560480), ...any(8541, 8587)],
    'Nobody answered in time.',
    'no-answer',
    'later',
  ],
  [of(487, 10003), 'It was answered on another device.', 'ok', 'none'],
  [[...of(486, 560486, 540486), ...any(8539, 8540), [486, null]], 'The line was busy.', 'busy', 'soon'],
  [
    [...of(603, 0, 560603), ...of(487, 10024), ...of(0, 5003), ...any(8538), [603, null]],
    'The call was declined.',
    'declined',
    'never',
  ],
  [
    [...of(480, 10037, 10076, 10077, 10078), ...any(8544), [480, null]],
    'No device of theirs could be reached.',
    'unreachable',
    'later',
  ],
  [[...of(404, 560404, 511404), ...of(484, 560484)], 'There is no such number.', 'bad-number', 'never'],
  [of(403, 560403), 'The network refused the call.', 'blocked', 'never'],
  [of(403, 510403), 'The caller id is missing, not allowed, or blocked as spam.', 'config', 'fix'],
  [of(403, 511532), 'The SIP trunk is not configured.', 'config', 'fix'],
  [
    [
      ...of(408, 10057),
      ...of(410, 3100, 3101, 3111, 3112, 301004, 301005, 531004),
      ...of(496, 7),
      ...of(490, 4502),
    ],
    'The network or the media connection failed.',
    'network',
    'soon',
  ],
  [
    [...of(495, 4507), ...of(401, 10009)],
    'The token of the client is invalid or has expired.',
    'auth',
    'fix',
  ],
  [
    [...of(408, 500001), ...of(500, 560500), ...of(503, 560503), ...any(8518, 9001, 9002, 9998, 9999)],
    'The service had a fault.',
    'service',
    'soon',
  ],
  [
    [...any(8516, 8529, 8530), [429, null]],
    'Too many requests: a limit of the service was reached.',
    'throttled',
    'back-off',
  ],
  [
    [...any(8501, 8528, 8585), ...of(404, 8522, 8543), ...any(8522, 8543)],
    'The call is not connected, or is over.',
    'stale-action',
    'none',
  ],
  [
    any(8519, 8571, 8607, 8500, 8583, 8553, 8559),
    'Another operation on the call is in the way.',
    'conflict',
    'once',
  ],
  [any(8523, 8520, 8546, 8582), 'The request is invalid or not supported.', 'bug', 'never'],
  [
    any(...tenOf(7500), ...tenOf(7600), 8567, 8568),
    'A permission, an identity or the Cognitive Services set-up is missing.',
    'config',
    'fix',
  ],
  [any(8508), 'The operation was cancelled.', 'cancelled', 'none'],
  [any(8510), 'Nothing was said or pressed.', 'no-input', 're-ask'],
  [any(8532), 'The next key did not come in time.', 'no-input', 're-ask'],
  [any(8511), 'The prompt could not be played.', 'media', 're-ask'],
  [any(8534), 'A wrong key was pressed.', 'bad-input', 're-ask'],
  [any(8547), 'What was said or pressed matches no choice.', 'bad-input', 're-ask'],
  [any(8563), 'What was said was not understood.', 'bad-input', 're-ask'],
  [any(8531, 8514, 8533, 8545, 8569), 'The input was collected.', 'ok', 'none'],
  [any(8535), 'The audio file has a wrong format: WAV, mono, 16 bit, 16 kHz is expected.', 'media', 'fix'],
  [any(8536), 'The audio file could not be downloaded.', 'media', 'once'],
  [any(8565, 8570), 'Cognitive Services could not make the audio.', 'media', 'once'],
  [any(8572), 'The audio stopped because the service shut down.', 'media', 'once'],
  [
    any(8578, 8579, 8580, 8581, 8603, 8604),
    'Transcription or streaming failed or was cancelled.',
    'media',
    'once',
  ],
];

/** What a SIP status means when a carrier sent it; the last three digits of subcodes 560xxx and 540xxx. */
export const SIP_REASONS: Readonly<Record<number, Reason>> = {
  403: { text: 'The network refused the call.', class: 'blocked', retry: 'never' },
  404: { text: 'There is no such number.', class: 'bad-number', retry: 'never' },
  408: { text: 'Nobody answered in time.', class: 'no-answer', retry: 'later' },
  480: { text: 'Nobody answered in time.', class: 'no-answer', retry: 'later' },
  484: { text: 'There is no such number.', class: 'bad-number', retry: 'never' },
  486: { text: 'The line was busy.', class: 'busy', retry: 'soon' },
  487: { text: 'The caller gave up before anybody answered.', class: 'cancelled', retry: 'none' },
  500: { text: 'The service had a fault.', class: 'service', retry: 'soon' },
  503: { text: 'The service had a fault.', class: 'service', retry: 'soon' },
  600: { text: 'The line was busy.', class: 'busy', retry: 'soon' },
  603: { text: 'The call was declined.', class: 'declined', retry: 'never' },
};

/**
 * What a Q.850 cause means: how the telephone network says why a call was released.
 *
 * @see https://www.itu.int/rec/T-REC-Q.850
 */
export const Q850_REASONS: Readonly<Record<number, Reason>> = {
  1: { text: 'There is no such number.', class: 'bad-number', retry: 'never' },
  16: { text: 'The far end hung up.', class: 'ok', retry: 'none' },
  17: { text: 'The line was busy.', class: 'busy', retry: 'soon' },
  18: { text: 'Nobody answered in time.', class: 'no-answer', retry: 'later' },
  19: { text: 'Nobody answered in time.', class: 'no-answer', retry: 'later' },
  21: { text: 'The call was declined.', class: 'declined', retry: 'never' },
  27: { text: 'The line is out of order.', class: 'unreachable', retry: 'later' },
  28: { text: 'There is no such number.', class: 'bad-number', retry: 'never' },
  31: { text: 'The far end hung up.', class: 'ok', retry: 'none' },
  34: { text: 'The telephone network had no line free.', class: 'network', retry: 'soon' },
  38: { text: 'The telephone network is out of order.', class: 'network', retry: 'soon' },
  41: { text: 'The telephone network failed for the moment.', class: 'network', retry: 'soon' },
  42: { text: 'The telephone network is congested.', class: 'network', retry: 'soon' },
  102: { text: 'The telephone network gave up waiting.', class: 'network', retry: 'soon' },
};
