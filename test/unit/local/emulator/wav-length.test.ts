import { describe, expect, it } from 'vitest';
import { wavLength } from '../../../../local/emulator/audio/wav-length.ts';
import { wavFile } from '../../../support/emulator/wav-file.ts';

describe('wavLength', () => {
  it('reads how long a file is from its head', () => {
    expect(wavLength(wavFile({ seconds: 2.5 }).subarray(0, 100), undefined)).toEqual({
      ok: true,
      seconds: 2.5,
    });
  });

  it('passes over chunks before the data', () => {
    const file = wavFile({ seconds: 1, extraChunk: true });

    expect(wavLength(file, file.length)).toEqual({ ok: true, seconds: 1 });
  });

  it('goes by the length of the file where the head was written before its end', () => {
    const file = wavFile({ seconds: 1, declaredDataBytes: 0xffffffff });

    expect(wavLength(file, file.length)).toEqual({ ok: true, seconds: 1 });
  });

  it.each([
    { name: 'stereo', file: wavFile({ seconds: 1, channels: 2 }) },
    { name: 'another rate', file: wavFile({ seconds: 1, rate: 44_100 }) },
    { name: 'text', file: Buffer.from('<html>not found, but long enough for a head</html>') },
    { name: 'nothing', file: Buffer.alloc(0) },
    { name: 'a head that was cut off', file: wavFile({ seconds: 1 }).subarray(0, 30) },
  ])('says that $name cannot be played', ({ file }) => {
    expect(wavLength(file, file.length)).toEqual({ ok: false });
  });
});
