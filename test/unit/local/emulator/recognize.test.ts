import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import type { stepSchema } from '../../../../local/emulator/core/callee-book.ts';
import { identityOf } from '../../../../local/emulator/core/identity.ts';
import type { LegNews } from '../../../../local/emulator/core/leg-event.ts';
import type { RecognizeRequest } from '../../../../local/emulator/core/recognize-job.ts';
import { answering, BOB, connectedCall, prompt } from '../../../support/emulator/virtual-exchange.ts';

type Recognized = Extract<LegNews, { readonly type: 'recognize' }>;

const TONES = { interToneSeconds: 2, most: 3, stopKeys: ['#'] };
const CHOICES = [
  { label: 'Confirm', phrases: ['Confirm', 'Yes please'], key: '1' },
  { label: 'Cancel', phrases: ['Cancel'], key: undefined },
];

function request(members: Partial<RecognizeRequest> = {}): RecognizeRequest {
  return {
    // Four seconds long.
    prompts: [{ kind: 'file', uri: 'https://x.invalid/4' }],
    target: identityOf(BOB),
    interruptPrompt: false,
    interrupts: false,
    initialSilenceSeconds: 5,
    tones: TONES,
    choices: [],
    speech: undefined,
    operationContext: 'r1',
    callbackUri: undefined,
    ...members,
  };
}

/** Bob acts in reply to the first prompt; gives what was recognized, and how many seconds after it was asked for. */
function ask(
  members: Partial<RecognizeRequest>,
  ...steps: readonly Omit<z.input<typeof stepSchema>, 'on'>[]
) {
  const callees = answering(...steps.map(step => ({ on: 'prompt' as const, nth: 1, ...step })));
  const { exchange, callId, clock, events } = connectedCall(callees);
  const askedAt = clock.now();
  exchange.control.recognize(callId, request(members));
  clock.turn(60);
  const told = events.filter(({ news }) => news.type === 'recognize');
  return told.map(({ at, news }) => {
    const { status, outcome, input } = news as Recognized;
    return [
      Math.floor((at.ms - askedAt) / 100) / 10,
      status,
      outcome?.subcode,
      ...(input === undefined ? [] : [input]),
    ];
  });
}

describe('recognizing', () => {
  it.each([
    {
      name: 'ends with as many tones as are wanted',
      steps: [{ afterSeconds: 5, press: '1234' }],
      expected: [5.6, 'completed', 8531, { kind: 'tones', keys: ['1', '2', '3'] }],
    },
    {
      name: 'ends with a stop tone, which is not among them',
      steps: [{ afterSeconds: 5, press: '1#' }],
      expected: [5.3, 'completed', 8514, { kind: 'tones', keys: ['1'] }],
    },
    {
      name: 'fails when the next tone does not come in time',
      steps: [{ afterSeconds: 5, press: '1' }],
      expected: [7, 'failed', 8532],
    },
    {
      name: 'fails when nothing comes after the prompt',
      steps: [],
      expected: [9, 'failed', 8510],
    },
    {
      name: 'does not hear what comes before the end of a prompt that is not to be interrupted',
      steps: [{ afterSeconds: 1, press: '1#' }],
      expected: [9, 'failed', 8510],
    },
    {
      name: 'lets a tone interrupt the prompt where that is wanted',
      members: { interruptPrompt: true },
      steps: [{ afterSeconds: 1, press: '1#' }],
      expected: [1.3, 'completed', 8514, { kind: 'tones', keys: ['1'] }],
    },
    {
      name: 'hears the one who is asked, and nobody else',
      members: { target: identityOf('8:acs:resource_app') },
      steps: [{ afterSeconds: 5, press: '1#' }],
      expected: [9, 'failed', 8510],
    },
    {
      name: 'fails when the prompt cannot be played',
      members: { prompts: [{ kind: 'file', uri: 'https://x.invalid/none' } as const] },
      steps: [],
      expected: [0, 'failed', 8511],
    },
    {
      name: 'finds a choice by its tone',
      members: { choices: CHOICES },
      steps: [{ afterSeconds: 5, press: '1' }],
      expected: [5, 'completed', 8533, { kind: 'choice', label: 'Confirm', phrase: undefined }],
    },
    {
      name: 'fails with a tone of no choice',
      members: { choices: CHOICES },
      steps: [{ afterSeconds: 5, press: '2' }],
      expected: [5, 'failed', 8534],
    },
    {
      name: 'finds a choice by what is said, however it is written',
      members: { choices: CHOICES },
      steps: [{ afterSeconds: 5, say: 'yes, please!' }],
      expected: [5, 'completed', 8545, { kind: 'choice', label: 'Confirm', phrase: 'Yes please' }],
    },
    {
      name: 'fails with words of no choice',
      members: { choices: CHOICES },
      steps: [{ afterSeconds: 5, say: 'perhaps' }],
      expected: [5, 'failed', 8547],
    },
    {
      name: 'hears speech to its end',
      members: { tones: undefined, speech: { endSilenceSeconds: 1 } },
      steps: [
        { afterSeconds: 5, say: 'on' },
        { afterSeconds: 5.5, say: 'Friday' },
      ],
      expected: [6.5, 'completed', 8569, { kind: 'speech', text: 'on Friday' }],
    },
    {
      name: 'takes a tone where either would do',
      members: { speech: { endSilenceSeconds: 1 } },
      steps: [{ afterSeconds: 5, press: '1#' }],
      expected: [5.3, 'completed', 8514, { kind: 'tones', keys: ['1'] }],
    },
  ])('$name', ({ members = {}, steps, expected }) => {
    expect(ask(members, ...steps)).toEqual([expected]);
  });

  it('waits for what plays, and is cancelled with it', () => {
    const { exchange, callId, clock, news } = connectedCall();

    exchange.control.play(callId, prompt('https://x.invalid/4', { loop: true }));
    exchange.control.recognize(callId, request());
    clock.turn(30);
    exchange.cancelMedia(callId, null);

    expect(news()).toEqual([
      '3 play p1 running',
      '33 play p1 cancelled 400/8508',
      '33 recognize r1 cancelled 400/8508',
    ]);
  });

  it('keeps out a second one and what would play beside it, unless that interrupts', () => {
    const { exchange, callId, news } = connectedCall();
    exchange.control.recognize(callId, request());

    const refusals = [
      exchange.control.recognize(callId, request({ operationContext: 'r2' })),
      exchange.control.play(callId, prompt('https://x.invalid/1')),
    ];
    exchange.control.recognize(callId, request({ operationContext: 'r3', interrupts: true }));
    exchange.control.play(callId, prompt('https://x.invalid/1', { interrupts: true }));

    expect(refusals).toEqual(Array(2).fill({ ok: false, refusal: 'mediaBusy' }));
    expect(news()).toEqual([
      '3 recognize r1 cancelled 400/8508',
      '3 recognize r3 cancelled 400/8508',
      '3 play p1 running',
    ]);
  });
});
