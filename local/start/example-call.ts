/** A number for fiction, of a callee of the emulator who answers. */
const CALLEE = '+14255550100';

/** Writes a command, on one line, that places a call. */
export function placeCallCurl(baseUrl: string): string {
  const body = JSON.stringify({ to: CALLEE });
  return `curl -i -X POST '${baseUrl}/api/calls' -H 'content-type: application/json' -d '${body}'`;
}
