import { app } from '@azure/functions';
import { readConversationId } from '../shared/http/conversation-id.ts';
import { addToConversationRequestSchema } from '../shared/http/schemas/request-schemas.ts';
import { requestCall } from '../shared/processing/request-call.ts';
import { askedAnswer, readAsked } from './bind/asking.ts';
import { answering } from './bind/http.ts';

app.http('addToConversation', {
  methods: ['POST'],
  authLevel: 'function',
  route: 'api/conversations/{id}/participants',
  handler: answering(async (request, { requests }) => {
    const id = readConversationId(request.params['id']);
    if (!id.ok) return id.problem;
    const asked = await readAsked(request, addToConversationRequestSchema());
    if (!asked.ok) return asked.problem;
    const { dialect, ...members } = asked.value;
    const action = { kind: 'addToConversation', conversationId: id.value, ...members } as const;
    const scope = `add ${id.value}`;
    return askedAnswer(await requestCall(requests, { action, dialect, key: asked.key, scope }));
  }),
});
