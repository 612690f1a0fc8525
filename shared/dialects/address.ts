import { callKeyOf } from '../ids/call-key.ts';
import type { Dialect, WireEvent } from './dialect.ts';
import { serverCallIdOf } from './event-grid/event-grid.ts';

/** Which call an event belongs to that came without a key in its URL. */
export interface Address {
  readonly callKey: string;
  /**
   * The server call of a report that is about a call known by another key, perhaps: that key is to be found, and
   * `callKey` stands only where there is none.
   */
  readonly serverCallId?: string;
}

/**
 * Finds out by what an event itself says. An incoming call gets a key of its own, made from its server call, so that
 * every delivery of it and what follows have the same. What Event Grid reports names the server call alone, and so may
 * the events of a recording. Undefined when the event names no call.
 */
export function addressOf(dialect: Dialect, event: WireEvent): Address | undefined {
  if (event.wireId !== null) return { callKey: callKeyOf(event.wireId) };
  const { payload } = event;
  if (dialect.name !== 'event-grid' && payload.type !== 'recording.state') return undefined;
  const serverCallId = serverCallIdOf(event);
  if (payload.type === 'call.incoming') {
    const id = serverCallId ?? payload.correlationId;
    return id === null ? undefined : { callKey: callKeyOf(id) };
  }
  return serverCallId === null ? undefined : { callKey: callKeyOf(serverCallId), serverCallId };
}
