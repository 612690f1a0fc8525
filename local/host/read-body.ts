import type { IncomingMessage } from 'node:http';

/** How a request's body is read. */
export interface BodyRules {
  /** Larger bodies are refused. */
  readonly limitBytes: number;
  /**
   * Whether a body without Content-Length is dropped, as the real host does without HTTP streams (worker issue #524).
   */
  readonly dropsUnsizedBodies: boolean;
}

/** A body, or why there is none. */
export type BodyResult =
  | { readonly kind: 'body'; readonly bytes: Uint8Array; readonly dropped: boolean }
  | { readonly kind: 'too-large' };

/** Reads a request's body as the real host does; a too large one is not read to its end. Rejects when the client is gone. */
export async function readBody(request: IncomingMessage, rules: BodyRules): Promise<BodyResult> {
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > rules.limitBytes) return { kind: 'too-large' };
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > rules.limitBytes) return { kind: 'too-large' };
    chunks.push(chunk);
  }
  const dropped = rules.dropsUnsizedBodies && declared === 0 && size > 0;
  return { kind: 'body', bytes: dropped ? new Uint8Array() : Buffer.concat(chunks), dropped };
}
