import { app } from '@azure/functions';
import { problem } from '../shared/problems/problem.ts';
import { replayParked } from '../shared/processing/replay-parked.ts';
import { answering } from './bind/http.ts';

app.http('replayParked', {
  methods: ['POST'],
  authLevel: 'function',
  route: 'api/parked/{id}/replay',
  handler: answering(async (request, services) => {
    const item = await services.parked.get(request.params['id'] ?? '');
    if (item === undefined) return problem('not-found', 'Nothing is parked under this id.');
    return (
      (await replayParked(services, item)) ?? { status: 202, body: { id: item.parkedId, state: 'replayed' } }
    );
  }),
});
