import type { Call } from '../domain/call.ts';
import { requestOf } from '../domain/request-of.ts';

/** What somebody asked for to begin with, as it was recorded: with the defaults of that time, and raw ids. */
export function requestView(call: Call) {
  const request = requestOf(call);
  if (request === undefined) return null;
  const { kind, arguments: asked } = request;
  const { to = asked['participants'] } = asked;
  const textOf = (name: string) => (asked[name] === undefined ? null : String(asked[name]));
  return {
    kind,
    to: Array.isArray(to) ? to.map(String) : null,
    from: textOf('from'),
    callerId: textOf('callerId'),
    conversationId: textOf('conversationId'),
    participantId: textOf('participantId'),
    subject: textOf('subject'),
  };
}
