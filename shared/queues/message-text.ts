const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Encodes a text as base64 of UTF-8, as the Functions host expects it; a lone surrogate becomes U+FFFD. */
export function encodeMessageText(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}

/** Decodes what {@link encodeMessageText} made; undefined for anything else. */
export function decodeMessageText(raw: string): string | undefined {
  const bytes = Buffer.from(raw, 'base64');
  // Buffer skips what is not base64: only text that comes out the same was base64 all through.
  if (bytes.toString('base64') !== raw) {
    return undefined;
  }
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}
