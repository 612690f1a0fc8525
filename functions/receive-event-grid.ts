import { app, type HttpRequest } from '@azure/functions';
import { eventTimeOf } from '../shared/clock.ts';
import type { Services } from '../shared/compose.ts';
import { optionsAnswer } from '../shared/dialects/event-grid/handshake.ts';
import { structuredText } from '../shared/http/binary-cloud-event.ts';
import { isAuthentic, isKey } from '../shared/http/callback-signature.ts';
import { readBody } from '../shared/http/read-json-body.ts';
import { EVENT_GRID_WORD } from '../shared/ids/call-key.ts';
import { type Problem, problem } from '../shared/problems/problem.ts';
import { BODY_LIMIT_BYTES } from '../shared/processing/queue-sorted.ts';
import { receiveEventGrid } from '../shared/processing/receive-event-grid.ts';
import { callbackRefused, callbackSecretMissing } from '../shared/telemetry/log-events.ts';
import { type Answer, answering } from './bind/http.ts';

/** Takes the deliveries of Event Grid in, and answers its handshakes. The proof in the URL comes before all else. */
app.http('receiveEventGrid', {
  methods: ['POST', 'OPTIONS'],
  authLevel: 'anonymous',
  route: 'api/event-grid',
  handler: answering(async (request, services, context) => {
    const answer =
      refusalOfUrl(request, services) ??
      (request.method === 'OPTIONS'
        ? handshake(request)
        : await delivery(request, services, context.traceContext?.traceParent || null));
    if ('type' in answer) services.log(callbackRefused({ status: answer.status, problem: answer.type }));
    return answer;
  }),
});

function refusalOfUrl(request: HttpRequest, { settings, log }: Services): Problem | undefined {
  const { callbackSecrets, eventGridKey } = settings;
  if (isKey(request.query.get('key'), eventGridKey)) return undefined;
  if (callbackSecrets.length === 0 && eventGridKey === undefined) log(callbackSecretMissing());
  return isAuthentic(request.query.get('sig'), EVENT_GRID_WORD, callbackSecrets)
    ? undefined
    : problem(
        'not-authentic',
        'Expected ?key= with EVENT_GRID_KEY, or ?sig= with the signature of this URL.',
      );
}

function handshake(request: HttpRequest): Answer {
  const headers = optionsAnswer(request.headers);
  return headers === undefined
    ? problem('no-origin', 'Expected the header WebHook-Request-Origin with the name of a host.')
    : { status: 200, headers };
}

async function delivery(
  request: HttpRequest,
  services: Services,
  traceparent: string | null,
): Promise<Answer> {
  const refusal = await services.eventGridTokens?.refusalOf(request.headers.get('authorization'));
  if (refusal !== undefined) return refusal;
  const body = await readBody(request, BODY_LIMIT_BYTES);
  if (!body.ok) return body.problem;
  const receivedAt = eventTimeOf(Date.now());
  const delivered = structuredText(request.headers, body.text);
  const result = await receiveEventGrid(services, { body: delivered, receivedAt, traceparent });
  return result.ok ? { status: 200, body: result.answer } : result.problem;
}
