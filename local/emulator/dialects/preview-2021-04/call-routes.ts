import type { LegRequest } from '../../core/call-leg.ts';
import { numberOrRawId } from '../../core/identity.ts';
import { done } from '../../core/refusal.ts';
import type { AcsRoute, Answer } from '../emulated-dialect.ts';
import { callIdOf, callSubject, type OperationCall } from '../operation.ts';
import { CANCEL_MEDIA_PROCESSING_SINCE } from './api-versions.ts';
import { answerTo, noBody, toRoute } from './operation.ts';
import {
  cancelMediaSchema,
  createCallSchema,
  inviteParticipantsSchema,
  playAudioSchema,
} from './request-schemas.ts';
import type { SuccessStatuses } from './statuses.ts';

const ACCEPTED: Answer = { status: 202 };

/** What the app can do with a call of its own. */
export function callRoutes(statuses: SuccessStatuses): readonly AcsRoute[] {
  return [createCall(statuses), ...ENDING, playAudio, ...cancelMedia(statuses), ...PARTICIPANTS];
}

/** What a request for a leg asks for, in the words of the calls. */
export function legRequestOf(body: {
  readonly source: LegRequest['source'];
  readonly callbackUri: string;
  readonly requestedCallEvents: readonly string[];
  readonly sourceAlternateIdentity?: string | undefined;
}): LegRequest {
  return {
    source: body.source,
    callbackUri: body.callbackUri,
    wantsRoster: body.requestedCallEvents.includes('participantsUpdated'),
    wantsTones: body.requestedCallEvents.includes('dtmfReceived'),
    line: body.sourceAlternateIdentity,
  };
}

function createCall({ create }: SuccessStatuses): AcsRoute {
  return toRoute({
    method: 'POST',
    path: 'calling/calls',
    operation: 'createCall',
    schema: createCallSchema,
    subject({ body: { targets, callbackUri } }) {
      const who = targets.map(numberOrRawId).sort().join();
      return { callbackUri, who, label: who };
    },
    perform({ exchange, body }) {
      const leg = exchange.place(body.targets, legRequestOf(body));
      const answer = { status: create, body: { callLegId: leg.leg.id } };
      return answerTo(done(leg), () => ({ answer, leg: leg.leg }));
    },
  });
}

const ENDING: readonly AcsRoute[] = [
  toRoute({
    method: 'POST',
    path: 'calling/calls/{callId}/Hangup',
    operation: 'hangUp',
    schema: noBody,
    subject: callSubject,
    perform: ({ exchange, params }) =>
      answerTo(exchange.hangUp(callIdOf(params)), ({ leg }) => ({ answer: ACCEPTED, leg })),
  }),
  toRoute({
    method: 'DELETE',
    path: 'calling/calls/{callId}',
    operation: 'endForAll',
    schema: noBody,
    subject: callSubject,
    perform: ({ exchange, params }) =>
      answerTo(exchange.endForAll(callIdOf(params)), ({ leg }) => ({ answer: ACCEPTED, leg })),
  }),
];

const playAudio = toRoute({
  method: 'POST',
  path: 'calling/calls/{callId}/PlayAudio',
  operation: 'playAudio',
  schema: playAudioSchema,
  subject: callSubject,
  perform({ exchange, params, body }) {
    const { audioFileUri: uri, loop, operationContext, callbackUri } = body;
    const sources = [{ kind: 'file' as const, uri }];
    const result = exchange.play(callIdOf(params), { sources, loop, operationContext, callbackUri });
    return answerTo(result, ({ leg: { leg }, operationId: id, status }) => {
      return { leg, answer: { status: 202, body: { id, status, operationContext, resultInfo: null } } };
    });
  },
});

function cancelMedia({ cancel: status }: SuccessStatuses): readonly AcsRoute[] {
  const perform = ({ exchange, params, body }: OperationCall<{ operationContext: string | null }>) => {
    const { operationContext } = body;
    return answerTo(
      exchange.cancelMedia(callIdOf(params), operationContext),
      ({ leg: { leg }, operationId: id }) => {
        return {
          leg,
          answer: { status, body: { id, status: 'completed', operationContext, resultInfo: null } },
        };
      },
    );
  };
  const common = { method: 'POST', operation: 'cancelMedia', subject: callSubject, perform } as const;
  return [
    toRoute({
      ...common,
      path: 'calling/calls/{callId}/CancelMediaProcessing',
      schema: cancelMediaSchema,
      isIn: version => version >= CANCEL_MEDIA_PROCESSING_SINCE,
    }),
    toRoute({
      ...common,
      path: 'calling/calls/{callId}/CancelMediaOperations',
      schema: noBody.transform(() => ({ operationContext: null })),
      isIn: version => version < CANCEL_MEDIA_PROCESSING_SINCE,
    }),
  ];
}

const PARTICIPANTS: readonly AcsRoute[] = [
  toRoute({
    method: 'POST',
    path: 'calling/calls/{callId}/participants',
    operation: 'inviteParticipants',
    schema: inviteParticipantsSchema,
    subject: callSubject,
    perform({ exchange, params, body }) {
      const { participants: identities, operationContext, callbackUri } = body;
      const result = exchange.invite(callIdOf(params), { identities, operationContext, callbackUri });
      return answerTo(result, ({ leg }) => ({ answer: ACCEPTED, leg }));
    },
  }),
  toRoute({
    method: 'DELETE',
    path: 'calling/calls/{callId}/participants/{participantId}',
    operation: 'removeParticipant',
    schema: noBody,
    subject: callSubject,
    perform: ({ exchange, params }) =>
      answerTo(exchange.remove(callIdOf(params), params['participantId'] ?? ''), ({ leg }) => {
        return { answer: ACCEPTED, leg };
      }),
  }),
];
