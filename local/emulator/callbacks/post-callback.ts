/** One try to deliver a callback. */
export interface PostRequest {
  readonly url: string;
  readonly body: string;
  readonly timeoutMs: number;
  /** Ends it when the emulator stops. */
  readonly signal: AbortSignal;
}

/** How the app answered, or why it did not. */
export type PostResult =
  | { readonly ok: boolean; readonly status: number }
  | { readonly ok: false; readonly error: string };

/** Posts JSON. Only 2xx is taken for delivered; a redirect is not followed. Never throws. */
export async function postCallback({ url, body, timeoutMs, signal }: PostRequest): Promise<PostResult> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
    await response.arrayBuffer();
    return { ok: response.status >= 200 && response.status < 300, status: response.status };
  } catch (error) {
    return { ok: false, error: reasonOf(error) };
  }
}

/** What went wrong, without the URL, which is signed. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no answer';
  const { cause } = error;
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'no answer in time';
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
  return 'no answer';
}
