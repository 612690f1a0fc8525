import { app } from '@azure/functions';
import { placeCallRequestSchema } from '../shared/http/schemas/request-schemas.ts';
import { requestCall } from '../shared/processing/request-call.ts';
import { askedAnswer, readAsked } from './bind/asking.ts';
import { answering } from './bind/http.ts';

app.http('placeCall', {
  methods: ['POST'],
  authLevel: 'function',
  route: 'api/calls',
  handler: answering(async (request, { requests }) => {
    const asked = await readAsked(request, placeCallRequestSchema());
    if (!asked.ok) return asked.problem;
    const { dialect, flow, ...members } = asked.value;
    const action = { kind: 'placeCall', ...members } as const;
    const asking = { action, dialect, flow, key: asked.key, scope: 'place' };
    return askedAnswer(await requestCall(requests, asking));
  }),
});
