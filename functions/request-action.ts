import { app } from '@azure/functions';
import { actionSchema } from '../shared/actions/vocabulary/action-schema.ts';
import { problem } from '../shared/problems/problem.ts';
import { findCall } from '../shared/processing/find-call.ts';
import { requestAction } from '../shared/processing/request-action.ts';
import { askedAnswer, readAsked } from './bind/asking.ts';
import { answering } from './bind/http.ts';

app.http('requestAction', {
  methods: ['POST'],
  authLevel: 'function',
  route: 'api/calls/{callKey}/actions',
  handler: answering(async (request, services) => {
    const asked = await readAsked(request, actionSchema());
    if (!asked.ok) return asked.problem;
    const head = await findCall(services, request.params['callKey'] ?? '');
    if (head === undefined) return problem('not-found', 'No call has this key or ACS id.');
    const { value: action, key } = asked;
    return askedAnswer(await requestAction(services.requests, head.call, { action, idempotencyKey: key }));
  }),
});
