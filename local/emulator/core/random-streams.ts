import { createHash } from 'node:crypto';

/**
 * All chance of the emulator, from one seed. Each purpose has a stream of its own, named by what it is about, so that
 * what one call meets does not depend on what else goes on at the same time.
 */
export interface RandomStreams {
  /** Numbers from 0 up to, not including, 1: the same ones for the same seed and name. */
  stream(name: string): () => number;
  /** A GUID: the same one for the same seed and name. */
  guid(name: string): string;
}

/** Makes the streams of a seed. */
export function randomStreams(seed: number): RandomStreams {
  const digest = (name: string) => createHash('sha256').update(`${seed}\n${name}`).digest();
  return {
    stream(name) {
      let state = digest(name).readUInt32LE(0);
      return () => {
        // mulberry32
        state = (state + 0x6d2b79f5) >>> 0;
        let mixed = Math.imul(state ^ (state >>> 15), state | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
      };
    },
    guid(name) {
      const bytes = digest(name).subarray(0, 16);
      bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
      bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
      const hex = bytes.toString('hex');
      return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join(
        '-',
      );
    },
  };
}
