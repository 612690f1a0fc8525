import { app } from '@azure/functions';
import { journalView } from '../shared/http/call-view.ts';
import { encodeCursor } from '../shared/http/cursor.ts';
import { readPage, wrongQuery } from '../shared/http/page-query.ts';
import { problem } from '../shared/problems/problem.ts';
import { findCall } from '../shared/processing/find-call.ts';
import { answering } from './bind/http.ts';

app.http('getCallJournal', {
  methods: ['GET'],
  authLevel: 'function',
  route: 'api/calls/{callKey}/journal',
  handler: answering(async (request, services) => {
    const head = await findCall(services, request.params['callKey'] ?? '');
    if (head === undefined) return problem('not-found', 'No call has this key or ACS id.');
    const { callKey } = head.call;
    const list = `journal ${callKey}`;
    const page = readPage(request.query, list);
    if (!page.ok) return page.problem;
    const { limit, cursor = '0' } = page.page;
    if (!/^\d{1,9}$/.test(cursor)) return wrongQuery('cursor', 'expected the nextCursor of this journal');
    const entries = await services.calls.journal(callKey);
    const rest = entries.filter(({ number }) => number > Number(cursor));
    const items = rest.slice(0, limit).map(journalView);
    const last = items.at(-1)?.number;
    const nextCursor = last === undefined || rest.length <= limit ? null : encodeCursor(list, String(last));
    return { status: 200, body: { items, nextCursor } };
  }),
});
