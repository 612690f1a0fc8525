import { describe, expect, it } from 'vitest';
import { newCall } from '../../../shared/domain/call.ts';
import type { CollectedInput } from '../../../shared/domain/call-event.ts';
import { flowSignalOf } from '../../../shared/flows/flow-signals.ts';
import { atSecond, CALL_KEY } from '../../support/call-events.ts';

const CALL = newCall(CALL_KEY, { dialect: 'ga', wireId: 'leg', at: atSecond(0) });

describe('the end of a recognition', () => {
  it.each<{ readonly input: CollectedInput | undefined; readonly heard: string | null }>([
    { input: { kind: 'tones', tones: ['one', 'two', 'pound'] }, heard: '12#' },
    { input: { kind: 'choice', label: 'Confirm', phrase: 'yes', confidence: 0.9 }, heard: 'Confirm' },
    { input: { kind: 'speech', speech: 'Hello there.', confidence: null }, heard: 'Hello there.' },
    { input: undefined, heard: null },
  ])('tells a flow $heard', ({ input, heard }) => {
    const ended = {
      type: 'operationEnded',
      at: atSecond(1),
      kind: 'recognize',
      operationContext: null,
      participants: [],
      status: 'completed',
      input,
    } as const;

    expect(flowSignalOf(CALL, ended)).toMatchObject({ kind: 'recognize', heard });
  });
});
