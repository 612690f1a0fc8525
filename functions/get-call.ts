import { app } from '@azure/functions';
import { callView } from '../shared/http/call-view.ts';
import { problem } from '../shared/http/problem.ts';
import { findCall } from '../shared/processing/find-call.ts';
import { answering } from './bind/http.ts';

app.http('getCall', {
  methods: ['GET'],
  authLevel: 'function',
  route: 'api/calls/{callKey}',
  handler: answering(async (request, services) => {
    const id = request.params['callKey'] ?? '';
    const head = await findCall(services, id);
    if (head === undefined) return problem('not-found', 'No call has this key or ACS id.');
    return { status: 200, body: callView(head) };
  }),
});
