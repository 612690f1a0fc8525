import { app } from '@azure/functions';
import { eventTimeOf } from '../shared/clock.ts';
import { structuredText } from '../shared/http/binary-cloud-event.ts';
import { isAuthentic } from '../shared/http/callback-signature.ts';
import { readBody } from '../shared/http/read-json-body.ts';
import { isCallKey } from '../shared/ids/call-key.ts';
import { type Problem, problem } from '../shared/problems/problem.ts';
import { BODY_LIMIT_BYTES } from '../shared/processing/queue-sorted.ts';
import { receiveCallback } from '../shared/processing/receive-callback.ts';
import type { Log } from '../shared/telemetry/log-event.ts';
import { callbackRefused, callbackSecretMissing } from '../shared/telemetry/log-events.ts';
import { answering } from './bind/http.ts';

/** Takes the callbacks of ACS in. The signature in the URL comes before any look at the body. */
app.http('receiveCallback', {
  methods: ['POST'],
  authLevel: 'anonymous',
  route: 'api/callbacks/{callKey?}',
  handler: answering(async (request, services, context) => {
    const { settings, log } = services;
    const callKey = request.params['callKey'] || undefined;
    if (settings.callbackSecrets.length === 0) log(callbackSecretMissing());
    if (!isAuthentic(request.query.get('sig'), callKey, settings.callbackSecrets)) {
      return refused(
        log,
        problem('not-authentic', 'Expected ?sig= with the signature of this callback URL.'),
      );
    }
    if (callKey !== undefined && !isCallKey(callKey)) {
      return refused(log, problem('invalid-call-key', 'A call key has 1 to 64 letters, digits, "-" or "_".'));
    }
    const body = await readBody(request, BODY_LIMIT_BYTES);
    if (!body.ok) return refused(log, body.problem);
    const result = await receiveCallback(services, {
      callKey,
      body: structuredText(request.headers, body.text),
      authorization: request.headers.get('authorization'),
      receivedAt: eventTimeOf(Date.now()),
      traceparent: context.traceContext?.traceParent || null,
    });
    return result.ok ? { status: 200, body: result.received } : refused(log, result.problem);
  }),
});

function refused(log: Log, refusal: Problem): Problem {
  log(callbackRefused({ status: refusal.status, problem: refusal.type }));
  return refusal;
}
