import type { AcsRoute, Answer, Subject } from '../emulated-dialect.ts';
import { legRequestOf } from './call-routes.ts';
import { answerTo, noBody, toRoute } from './operation.ts';
import { inviteParticipantsSchema, joinCallSchema } from './request-schemas.ts';
import type { SuccessStatuses } from './statuses.ts';

const ACCEPTED: Answer = { status: 202 };

/** What the app can do with a conversation that it is not on. */
export function conversationRoutes({ join }: SuccessStatuses): readonly AcsRoute[] {
  return [
    toRoute({
      method: 'POST',
      path: 'calling/conversations/{conversationId}/Join',
      operation: 'joinConversation',
      schema: joinCallSchema,
      subject: ({ params, body: { callbackUri } }) => ({ ...subjectOf(params), callbackUri }),
      perform: ({ exchange, params, body }) =>
        answerTo(exchange.join(conversationIdOf(params), legRequestOf(body)), ({ leg }) => {
          return { leg, answer: { status: join, body: { callLegId: leg.id } } };
        }),
    }),
    toRoute({
      method: 'POST',
      path: 'calling/conversations/{conversationId}/participants',
      operation: 'inviteToConversation',
      schema: inviteParticipantsSchema,
      subject: ({ params, body: { callbackUri, operationContext } }) => {
        return { ...subjectOf(params), callbackUri, operationContext };
      },
      perform({ exchange, params, body }) {
        const { participants: identities, operationContext, callbackUri } = body;
        const invitation = { identities, operationContext, callbackUri };
        const result = exchange.desk.invite(conversationIdOf(params), invitation);
        return answerTo(result, leg => ({ answer: ACCEPTED, leg }));
      },
    }),
    toRoute({
      method: 'DELETE',
      path: 'calling/conversations/{conversationId}/participants/{participantId}',
      operation: 'removeFromConversation',
      schema: noBody,
      subject: ({ params }) => subjectOf(params),
      perform: ({ exchange, params }) =>
        answerTo(exchange.desk.remove(conversationIdOf(params), params['participantId'] ?? ''), leg => {
          return { answer: ACCEPTED, leg };
        }),
    }),
  ];
}

function subjectOf(params: Readonly<Record<string, string>>): Subject {
  return { label: conversationIdOf(params) };
}

function conversationIdOf(params: Readonly<Record<string, string>>): string {
  return params['conversationId'] ?? '';
}
