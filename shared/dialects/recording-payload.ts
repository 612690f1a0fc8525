import type { EventPayload, PayloadOf } from '../domain/call-event.ts';

type Told = Omit<PayloadOf<'recording.state'>, 'type' | 'state'>;

/** What an event says of a recording; undefined where it tells a state that is not known. */
export function recordingPayload({
  state,
  ...told
}: Told & { readonly state: PayloadOf<'recording.state'>['state'] | null }): EventPayload | undefined {
  return state === null ? undefined : { type: 'recording.state', ...told, state };
}
