/** What is unusual about a WAV file. */
export interface WavOptions {
  readonly seconds: number;
  readonly channels?: number;
  readonly rate?: number;
  /** The size that the head gives, when not the true one. */
  readonly declaredDataBytes?: number;
  /** Whether a chunk of odd length stands before the data. */
  readonly extraChunk?: boolean;
}

/** A WAV file of silence: mono, 16 bits, 16 kHz unless told otherwise. */
export function wavFile({
  seconds,
  channels = 1,
  rate = 16_000,
  declaredDataBytes,
  extraChunk = false,
}: WavOptions): Buffer {
  const data = Buffer.alloc(seconds * rate * channels * 2);
  const format = Buffer.alloc(16);
  format.writeUInt16LE(1, 0);
  format.writeUInt16LE(channels, 2);
  format.writeUInt32LE(rate, 4);
  format.writeUInt32LE(rate * channels * 2, 8);
  format.writeUInt16LE(channels * 2, 12);
  format.writeUInt16LE(16, 14);
  const chunks = [chunk('fmt ', format), ...(extraChunk ? [chunk('LIST', Buffer.from('odd'))] : [])];
  const body = Buffer.concat([Buffer.from('WAVE'), ...chunks, chunk('data', data, declaredDataBytes)]);
  return chunk('RIFF', body);
}

function chunk(tag: string, content: Buffer, declaredBytes = content.length): Buffer {
  const head = Buffer.alloc(8);
  head.write(tag, 'latin1');
  head.writeUInt32LE(declaredBytes, 4);
  return Buffer.concat([head, content, Buffer.alloc(content.length % 2)]);
}
