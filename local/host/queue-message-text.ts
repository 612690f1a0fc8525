import type { TypedData } from './typed-data.ts';

/** How the text of a message in the queue becomes a function's input. */
export interface MessageEncoding {
  readonly messageEncoding: 'base64' | 'none';
  /** Whether the function wants bytes. */
  readonly binary: boolean;
}

/**
 * Turns the text of a message as it lies in the queue into a function's input. Throws, as the real host's binding fails,
 * when it should be base64 and is not, or when a function that wants text gets bytes that are not UTF-8.
 */
export function decodeMessageText(raw: string, { messageEncoding, binary }: MessageEncoding): TypedData {
  const bytes = messageEncoding === 'none' ? Buffer.from(raw) : decodeBase64(raw);
  if (binary) return { bytes };
  return { string: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
}

/** .NET's rules: padding is required and white space allowed, where Node would skip whatever it does not know. */
function decodeBase64(text: string): Buffer {
  const compact = text.replace(/[ \t\r\n]/g, '');
  if (compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(compact)) {
    throw new Error('The message is not base64, which host.json ("messageEncoding") says it must be.');
  }
  return Buffer.from(compact, 'base64');
}
