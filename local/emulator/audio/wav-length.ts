/** What the head of a WAV file says; `badFormat` for anything but mono, 16 bits, 16 kHz, which is all that ACS plays. */
export type WavLength = { readonly ok: true; readonly seconds: number } | { readonly ok: false };

const PCM = 1;
const SAMPLES_PER_SECOND = 16_000;
const BYTES_PER_SECOND = SAMPLES_PER_SECOND * 2;

/**
 * Reads how long a WAV file is from its first bytes.
 *
 * @param fileBytes the length of the whole file, where it is known: a head that was written before the end was known
 * has none.
 */
export function wavLength(head: Uint8Array, fileBytes: number | undefined): WavLength {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  if (bytes.length < 12 || tag(bytes, 0) !== 'RIFF' || tag(bytes, 8) !== 'WAVE') return { ok: false };
  let isPlayable = false;
  // Chunks of any kind may stand before the data; each has a tag, a size, and content padded to an even length.
  for (let at = 12; at + 8 <= bytes.length; ) {
    const size = bytes.readUInt32LE(at + 4);
    if (tag(bytes, at) === 'fmt ') isPlayable = isPlayableFormat(bytes, at + 8);
    if (tag(bytes, at) === 'data') {
      const rest = fileBytes === undefined ? size : fileBytes - (at + 8);
      return isPlayable
        ? { ok: true, seconds: Math.max(0, Math.min(size, rest)) / BYTES_PER_SECOND }
        : { ok: false };
    }
    at += 8 + size + (size % 2);
  }
  return { ok: false };
}

function isPlayableFormat(bytes: Buffer, at: number): boolean {
  if (bytes.length < at + 16) return false;
  const [format, channels] = [bytes.readUInt16LE(at), bytes.readUInt16LE(at + 2)];
  const [rate, bits] = [bytes.readUInt32LE(at + 4), bytes.readUInt16LE(at + 14)];
  return format === PCM && channels === 1 && rate === SAMPLES_PER_SECOND && bits === 16;
}

function tag(bytes: Buffer, at: number): string {
  return bytes.toString('latin1', at, at + 4);
}
