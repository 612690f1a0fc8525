import { app } from '@azure/functions';
import { readCallQuery } from '../shared/http/call-query.ts';
import { callSummary } from '../shared/http/call-view.ts';
import { encodeCursor } from '../shared/http/cursor.ts';
import { listCalls } from '../shared/processing/list-calls.ts';
import { answering } from './bind/http.ts';

app.http('listCalls', {
  methods: ['GET'],
  authLevel: 'function',
  route: 'api/calls',
  handler: answering(async (request, services) => {
    const query = readCallQuery(request.query);
    if (!query.ok) return query.problem;
    const { calls, cursor } = await listCalls(services, query.filter, query.page);
    const nextCursor = cursor === undefined ? null : encodeCursor(query.list, cursor);
    return { status: 200, body: { items: calls.map(callSummary), nextCursor } };
  }),
});
