import { app } from '@azure/functions';
import { encodeCursor } from '../shared/http/cursor.ts';
import { readPage } from '../shared/http/page-query.ts';
import { parkedView } from '../shared/http/parked-view.ts';
import { answering } from './bind/http.ts';

const LIST = 'parked';

app.http('listParked', {
  methods: ['GET'],
  authLevel: 'function',
  route: 'api/parked',
  handler: answering(async (request, { parked }) => {
    const page = readPage(request.query, LIST);
    if (!page.ok) return page.problem;
    const { items, cursor } = await parked.list(page.page);
    const nextCursor = cursor === undefined ? null : encodeCursor(LIST, cursor);
    return { status: 200, body: { items: items.map(parkedView), nextCursor } };
  }),
});
