import { describe, expect, it } from 'vitest';
import { addRecording, type Recording } from '../../../shared/domain/recording.ts';
import { atSecond } from '../../support/call-events.ts';

type Told = readonly [
  recordingId: string,
  state: 'active' | 'inactive',
  second: number,
  startedSecond: number | null,
];

function recording([recordingId, state, second, startedSecond]: Told): Recording {
  const startedAt = startedSecond === null ? null : atSecond(startedSecond);
  return { recordingId, state, at: atSecond(second), startedAt };
}

describe('addRecording', () => {
  it.each<{ readonly name: string; readonly told: readonly Told[]; readonly kept: readonly Told[] }>([
    {
      name: 'the newest state',
      told: [
        ['r1', 'active', 1, 0],
        ['r1', 'inactive', 5, 0],
        ['r1', 'active', 9, 0],
      ],
      kept: [['r1', 'active', 9, 0]],
    },
    {
      name: 'that it stopped, where it started and stopped at one time',
      told: [
        ['r1', 'inactive', 5, 0],
        ['r1', 'active', 5, 0],
      ],
      kept: [['r1', 'inactive', 5, 0]],
    },
    {
      name: 'the start when the end does not tell it',
      told: [
        ['r1', 'active', 1, 0],
        ['r1', 'inactive', 5, null],
      ],
      kept: [['r1', 'inactive', 5, 0]],
    },
    {
      name: 'the earliest start',
      told: [
        ['r1', 'active', 1, 3],
        ['r1', 'inactive', 5, 2],
        ['r1', 'inactive', 6, 4],
      ],
      kept: [['r1', 'inactive', 6, 2]],
    },
    {
      name: 'each recording by its id',
      told: [
        ['r2', 'active', 1, null],
        ['r1', 'inactive', 2, null],
      ],
      kept: [
        ['r1', 'inactive', 2, null],
        ['r2', 'active', 1, null],
      ],
    },
  ])('keeps $name', ({ told, kept }) => {
    const add = (told: readonly Told[]) => told.map(recording).reduce<readonly Recording[]>(addRecording, []);

    expect(add(told)).toStrictEqual(kept.map(recording));
    expect(add(told.toReversed())).toStrictEqual(kept.map(recording));
    expect(add([...told, ...told])).toStrictEqual(kept.map(recording));
  });

  it('unites the files that are told of', () => {
    const file = (documentId: string, index: number) => ({
      documentId,
      index,
      endReason: null,
      contentLocation: null,
      metadataLocation: null,
      deleteLocation: null,
    });
    const ends = [[file('d2', 1), file('d1', 0)], [file('d1', 3)], []].map((files, second) => ({
      ...recording(['r1', 'inactive', second, null]),
      files,
    }));
    const told = [recording(['r1', 'active', 0, 0]), ...ends];
    const add = (told: readonly Recording[]) => told.reduce<readonly Recording[]>(addRecording, []);

    expect(add(told)).toStrictEqual([
      { ...recording(['r1', 'inactive', 2, 0]), files: [file('d1', 0), file('d2', 1)] },
    ]);
    expect(add(told.toReversed())).toStrictEqual(add(told));
  });
});
