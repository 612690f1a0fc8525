import { furthest } from '../call-state.ts';
import { earliest } from '../event-time.ts';
import type { Handler } from '../handler.ts';

/** Nothing was heard of the call for too long: it counts as ended, and says that this was inferred. */
export const callLost: Handler<'call.lost'> = (call, event) => ({
  call: { ...call, state: furthest(call.state, 'disconnected'), lostAt: earliest(call.lostAt, event.at) },
  signals: [],
});
