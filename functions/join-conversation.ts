import { app } from '@azure/functions';
import { readConversationId } from '../shared/http/conversation-id.ts';
import { joinRequestSchema } from '../shared/http/schemas/request-schemas.ts';
import { requestCall } from '../shared/processing/request-call.ts';
import { askedAnswer, readAsked } from './bind/asking.ts';
import { answering } from './bind/http.ts';

app.http('joinConversation', {
  methods: ['POST'],
  authLevel: 'function',
  route: 'api/conversations/{id}/join',
  handler: answering(async (request, { requests }) => {
    const id = readConversationId(request.params['id']);
    if (!id.ok) return id.problem;
    const asked = await readAsked(request, joinRequestSchema());
    if (!asked.ok) return asked.problem;
    const { dialect, flow, ...members } = asked.value;
    const action = { kind: 'joinCall', conversationId: id.value, ...members } as const;
    const scope = `join ${id.value}`;
    return askedAnswer(await requestCall(requests, { action, dialect, flow, key: asked.key, scope }));
  }),
});
