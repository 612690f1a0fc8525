import { describe, expect, it } from 'vitest';
import type { ToneName } from '../../../shared/domain/call-event.ts';
import { addTone, type Tone } from '../../../shared/domain/tone.ts';
import { atSecond } from '../../support/call-events.ts';

type Pressed = readonly [sequenceId: number, tone: ToneName, second: number];

function tones(...pressed: readonly Pressed[]): readonly Tone[] {
  return pressed
    .map(([sequenceId, tone, second]) => ({ sequenceId, tone, at: atSecond(second) }))
    .reduce<readonly Tone[]>(addTone, []);
}

describe('addTone', () => {
  it.each<{ readonly name: string; readonly pressed: readonly Pressed[]; readonly kept: readonly Pressed[] }>(
    [
      {
        name: 'keeps tones in sequence, whatever their times and their order of arrival',
        pressed: [
          [3, 'pound', 1],
          [1, 'one', 3],
          [2, 'one', 2],
        ],
        kept: [
          [1, 'one', 3],
          [2, 'one', 2],
          [3, 'pound', 1],
        ],
      },
      { name: 'counts from 0 as well', pressed: [[0, 'nine', 1]], kept: [[0, 'nine', 1]] },
      {
        name: 'keeps the earliest time of a tone told twice, when the later comes last',
        pressed: [
          [1, 'one', 3],
          [1, 'one', 5],
        ],
        kept: [[1, 'one', 3]],
      },
      {
        name: 'keeps the earliest time of a tone told twice, when the later comes first',
        pressed: [
          [1, 'one', 5],
          [1, 'one', 3],
        ],
        kept: [[1, 'one', 3]],
      },
      {
        name: 'keeps two keys under one number, by time',
        pressed: [
          [1, 'two', 3],
          [1, 'one', 5],
        ],
        kept: [
          [1, 'two', 3],
          [1, 'one', 5],
        ],
      },
      {
        name: 'keeps two keys under one number at one time, by name',
        pressed: [
          [1, 'two', 3],
          [1, 'one', 3],
        ],
        kept: [
          [1, 'one', 3],
          [1, 'two', 3],
        ],
      },
      {
        name: 'puts the tenth after the ninth',
        pressed: [
          [10, 'one', 2],
          [9, 'one', 1],
        ],
        kept: [
          [9, 'one', 1],
          [10, 'one', 2],
        ],
      },
    ],
  )('$name', ({ pressed, kept }) => {
    const expected = kept.map(([sequenceId, tone, second]) => ({ sequenceId, tone, at: atSecond(second) }));

    expect(tones(...pressed)).toStrictEqual(expected);
  });
});
