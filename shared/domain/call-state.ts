/** The states of a call, in the only order it can go through them. */
export const CALL_STATES = ['unknown', 'connecting', 'connected', 'disconnecting', 'disconnected'] as const;

export type CallState = (typeof CALL_STATES)[number];

/** The further of two states: a call only moves up, whatever order its events come in. */
export function furthest(a: CallState, b: CallState): CallState {
  return CALL_STATES.indexOf(a) >= CALL_STATES.indexOf(b) ? a : b;
}
