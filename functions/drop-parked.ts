import { app } from '@azure/functions';
import { problem } from '../shared/problems/problem.ts';
import { answering } from './bind/http.ts';

app.http('dropParked', {
  methods: ['DELETE'],
  authLevel: 'function',
  route: 'api/parked/{id}',
  handler: answering(async (request, { parked }) => {
    const dropped = await parked.drop(request.params['id'] ?? '');
    return dropped ? { status: 204 } : problem('not-found', 'Nothing is parked under this id.');
  }),
});
