import type { CallLeg, LegRequest } from '../../core/call-leg.ts';
import { identityOf, numberOrRawId } from '../../core/identity.ts';
import { done, refused } from '../../core/refusal.ts';
import type { AcsRoute, Answer } from '../emulated-dialect.ts';
import { callIdOf, callSubject } from '../operation.ts';
import { callProperties } from './call-properties.ts';
import {
  answerCallSchema,
  connectSchema,
  createCallSchema,
  redirectCallSchema,
  rejectCallSchema,
  streamsOf,
  transferSchema,
} from './call-schemas.ts';
import { operationOf } from './common-members.ts';
import { answerTo, noBody, toRoute } from './operation.ts';

/** As the calls carry it. */
export const DIALECT = 'ga';

/** Whom the app is, where it does not say. */
const APP = '8:acs:7c1f52d0-5b8e-4f0a-9f5d-2a6e3d9b4c10_0000001c-0000-4000-8000-00000000000a';

const NO_CONTENT: Answer = { status: 204 };

type LegBody = Parameters<typeof streamsOf>[0] & {
  readonly callbackUri: string;
  readonly operationContext: string | null;
};

function legRequest(body: LegBody, user: string | undefined): LegRequest {
  return {
    source: identityOf(user ?? APP),
    callbackUri: body.callbackUri,
    wantsRoster: true,
    wantsTones: false,
    line: undefined,
    dialect: DIALECT,
    operationContext: body.operationContext,
    streams: streamsOf(body),
  };
}

function describe(leg: CallLeg, status: 200 | 201) {
  return { leg: leg.leg, answer: { status, body: callProperties(leg) } };
}

const createCall = toRoute({
  method: 'POST',
  path: 'calling/callConnections',
  operation: 'createCall',
  isRepeatable: true,
  schema: createCallSchema,
  subject({ body: { targets, callbackUri, operationContext } }) {
    const who = targets.map(numberOrRawId).sort().join();
    return { callbackUri, operationContext, who, label: who };
  },
  perform({ exchange, body }) {
    const { targets, sourceCallerIdNumber: line, sourceDisplayName, source } = body;
    const displayName = sourceDisplayName ?? undefined;
    const leg = exchange.place(targets, { ...legRequest(body, source?.id), line, displayName });
    return answerTo(done(leg), () => describe(leg, 201));
  },
});

const connect = toRoute({
  method: 'POST',
  path: 'calling/callConnections:connect',
  operation: 'connect',
  isRepeatable: true,
  schema: connectSchema,
  subject: ({ body: { callLocator, callbackUri, operationContext } }) => {
    return { callbackUri, operationContext, label: callLocator };
  },
  perform({ exchange, body }) {
    const result = exchange.join(body.callLocator, legRequest(body, undefined));
    return answerTo(result.ok ? result : refused('noConversation'), leg => describe(leg, 200));
  },
});

const INCOMING: readonly AcsRoute[] = [
  toRoute({
    method: 'POST',
    path: 'calling/callConnections:answer',
    operation: 'answer',
    isRepeatable: true,
    schema: answerCallSchema,
    subject: ({ body: { incomingCallContext, callbackUri, operationContext } }) => {
      return { callbackUri, operationContext, label: incomingCallContext };
    },
    perform({ exchange, body }) {
      const request = legRequest(body, body.answeredBy?.id);
      return answerTo(exchange.incoming.answer(body.incomingCallContext, request), leg => describe(leg, 200));
    },
  }),
  toRoute({
    method: 'POST',
    path: 'calling/callConnections:reject',
    operation: 'reject',
    isRepeatable: true,
    schema: rejectCallSchema,
    subject: ({ body: { incomingCallContext } }) => ({ label: incomingCallContext }),
    perform({ exchange, body: { incomingCallContext, callRejectReason } }) {
      const result = exchange.incoming.reject(incomingCallContext, callRejectReason ?? 'none');
      return answerTo(result, () => ({ answer: NO_CONTENT }));
    },
  }),
  toRoute({
    method: 'POST',
    path: 'calling/callConnections:redirect',
    operation: 'redirect',
    isRepeatable: true,
    schema: redirectCallSchema,
    subject: ({ body: { incomingCallContext, target } }) => {
      return { who: numberOrRawId(target), label: incomingCallContext };
    },
    perform: ({ exchange, body: { incomingCallContext, target } }) =>
      answerTo(exchange.incoming.redirect(incomingCallContext, target), () => ({ answer: NO_CONTENT })),
  }),
];

const getCall = toRoute({
  method: 'GET',
  path: 'calling/callConnections/{callId}',
  operation: 'getCall',
  schema: noBody,
  subject: callSubject,
  perform: ({ exchange, params }) => answerTo(exchange.open(callIdOf(params)), leg => describe(leg, 200)),
});

const ENDING: readonly AcsRoute[] = [
  toRoute({
    method: 'DELETE',
    path: 'calling/callConnections/{callId}',
    operation: 'hangUp',
    schema: noBody,
    subject: callSubject,
    perform: ({ exchange, params }) =>
      answerTo(exchange.hangUp(callIdOf(params)), ({ leg }) => ({ answer: NO_CONTENT, leg })),
  }),
  toRoute({
    method: 'POST',
    path: 'calling/callConnections/{callId}:terminate',
    operation: 'endForAll',
    isRepeatable: true,
    schema: noBody,
    subject: callSubject,
    perform: ({ exchange, params }) =>
      answerTo(exchange.endForAll(callIdOf(params)), ({ leg }) => ({ answer: NO_CONTENT, leg })),
  }),
];

const transfer = toRoute({
  method: 'POST',
  path: 'calling/callConnections/{callId}:transferToParticipant',
  operation: 'transfer',
  isRepeatable: true,
  schema: transferSchema,
  subject: callSubject,
  perform({ exchange, params, body }) {
    const { targetParticipant: target, transferee, operationContext } = body;
    const request = { target, transferee: transferee ?? undefined, ...operationOf(body) };
    return answerTo(exchange.control.transfer(callIdOf(params), request), ({ leg }) => {
      return { leg, answer: { status: 202, body: { operationContext } } };
    });
  },
});

/** Calls as a whole: how they begin, go on and end. */
export const CALL_ROUTES: readonly AcsRoute[] = [
  createCall,
  connect,
  ...INCOMING,
  getCall,
  ...ENDING,
  transfer,
];
