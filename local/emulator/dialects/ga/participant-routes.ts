import { identityOf } from '../../core/identity.ts';
import { done, refused } from '../../core/refusal.ts';
import type { AcsRoute } from '../emulated-dialect.ts';
import { callIdOf, callSubject, type OperationCall } from '../operation.ts';
import { renderOutsider, renderParticipant } from './call-properties.ts';
import {
  addParticipantSchema,
  cancelAddSchema,
  moveSchema,
  muteSchema,
  removeParticipantSchema,
} from './call-schemas.ts';
import { operationOf } from './common-members.ts';
import { answerTo, noBody, toRoute } from './operation.ts';

const PATH = 'calling/callConnections/{callId}/participants';

const LOOKING: readonly AcsRoute[] = [
  toRoute({
    method: 'GET',
    path: PATH,
    operation: 'listParticipants',
    schema: noBody,
    subject: callSubject,
    perform: ({ exchange, params }) =>
      answerTo(exchange.open(callIdOf(params)), ({ leg, conversation }) => {
        return { leg, answer: { status: 200, body: { value: conversation.roster.map(renderParticipant) } } };
      }),
  }),
  toRoute({
    method: 'GET',
    path: `${PATH}/{rawId}`,
    operation: 'getParticipant',
    schema: noBody,
    subject: callSubject,
    perform: call =>
      answerTo(findParticipant(call), entry => ({ answer: { status: 200, body: renderParticipant(entry) } })),
  }),
];

function findParticipant({ exchange, params }: OperationCall<null>) {
  const found = exchange.open(callIdOf(params));
  if (!found.ok) return found;
  const member = found.value.conversation.memberOf(identityOf(params['rawId'] ?? '').rawId);
  return member === undefined ? refused('noParticipant') : done(member);
}

const add = toRoute({
  method: 'POST',
  path: `${PATH}:add`,
  operation: 'addParticipant',
  isRepeatable: true,
  schema: addParticipantSchema,
  subject: callSubject,
  perform({ exchange, params, body }) {
    const { participantToAdd, operationContext, invitationTimeoutInSeconds } = body;
    const result = exchange.control.add(callIdOf(params), {
      identities: [participantToAdd],
      ringSeconds: invitationTimeoutInSeconds ?? undefined,
      ...operationOf(body),
    });
    return answerTo(result, ({ leg: { leg }, invitationId }) => {
      const participant = renderOutsider(participantToAdd);
      return { leg, answer: { status: 202, body: { participant, operationContext, invitationId } } };
    });
  },
});

const cancelAdd = toRoute({
  method: 'POST',
  path: `${PATH}:cancelAddParticipant`,
  operation: 'cancelAddParticipant',
  isRepeatable: true,
  schema: cancelAddSchema,
  subject: callSubject,
  perform({ exchange, params, body }) {
    const { invitationId, operationContext } = body;
    const result = exchange.control.cancelAdd(callIdOf(params), invitationId, operationOf(body));
    return answerTo(result, ({ leg }) => {
      return { leg, answer: { status: 202, body: { invitationId, operationContext } } };
    });
  },
});

const remove = toRoute({
  method: 'POST',
  path: `${PATH}:remove`,
  operation: 'removeParticipant',
  isRepeatable: true,
  schema: removeParticipantSchema,
  subject: callSubject,
  perform({ exchange, params, body }) {
    const { participantToRemove, operationContext } = body;
    const result = exchange.control.remove(callIdOf(params), participantToRemove, operationOf(body));
    return answerTo(result, ({ leg }) => ({ leg, answer: { status: 202, body: { operationContext } } }));
  },
});

const mute = toRoute({
  method: 'POST',
  path: `${PATH}:mute`,
  operation: 'muteParticipant',
  isRepeatable: true,
  schema: muteSchema,
  subject: callSubject,
  perform({ exchange, params, body: { targetParticipants, operationContext } }) {
    const [identity] = targetParticipants;
    return answerTo(exchange.control.mute(callIdOf(params), identity), ({ leg }) => {
      return { leg, answer: { status: 200, body: { operationContext } } };
    });
  },
});

const move = toRoute({
  method: 'POST',
  path: `${PATH}:moveHere`,
  operation: 'moveParticipants',
  isRepeatable: true,
  schema: moveSchema,
  subject: callSubject,
  perform({ exchange, params, body }) {
    const { targetParticipants, fromCall, operationContext } = body;
    const request = { ...operationOf(body), fromCall };
    const result = exchange.control.move(callIdOf(params), targetParticipants, request);
    return answerTo(result, ({ leg }) => {
      const participants = targetParticipants.map(renderOutsider);
      return { leg, answer: { status: 202, body: { participants, operationContext, fromCall } } };
    });
  },
});

/** Who is on a call. */
export const PARTICIPANT_ROUTES: readonly AcsRoute[] = [...LOOKING, add, cancelAdd, remove, mute, move];
