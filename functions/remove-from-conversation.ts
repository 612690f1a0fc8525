import { app } from '@azure/functions';
import { readConversationId, readParticipantId } from '../shared/http/conversation-id.ts';
import { readIdempotencyKey } from '../shared/http/idempotency-key.ts';
import { requestCall } from '../shared/processing/request-call.ts';
import { askedAnswer } from './bind/asking.ts';
import { answering } from './bind/http.ts';

app.http('removeFromConversation', {
  methods: ['DELETE'],
  authLevel: 'function',
  route: 'api/conversations/{id}/participants/{participantId}',
  handler: answering(async (request, { requests }) => {
    const id = readConversationId(request.params['id']);
    if (!id.ok) return id.problem;
    const participant = readParticipantId(request.params['participantId']);
    if (!participant.ok) return participant.problem;
    const idempotency = readIdempotencyKey(request.headers);
    if (!idempotency.ok) return idempotency.problem;
    const [conversationId, participantId] = [id.value, participant.value];
    const action = { kind: 'removeFromConversation', conversationId, participantId } as const;
    const scope = `remove ${conversationId} ${participantId}`;
    return askedAnswer(await requestCall(requests, { action, key: idempotency.key, scope }));
  }),
});
