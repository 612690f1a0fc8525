import * as z from 'zod';
import { callbackKeyOf, withoutQuery } from '../callbacks/callback-key.ts';
import type { CallLeg } from '../core/call-leg.ts';
import { keysSchema, spokenSchema } from '../core/callee-book.ts';
import type { Exchange } from '../core/exchange.ts';
import { identityOf, numberOrRawId } from '../core/identity.ts';
import type { Answer } from '../dialects/emulated-dialect.ts';
import { type ControlRequest, type ControlRoute, problem, readJson } from './control-route.ts';

const LISTED_CALLS = 1000;

const someone = z.string().min(1).max(256);

/** Whom it is about: a number or raw id; without it, the first who is there. */
const whoSchema = z.strictObject({ who: someone.optional() });
const pressSchema = z.strictObject({ who: someone.optional(), keys: keysSchema });
const saySchema = z.strictObject({ who: someone.optional(), text: spokenSchema });
const joinSchema = z.strictObject({ who: someone });

/** The calls there are, and what can be done by hand as if a callee did it. */
export function callRoutes(exchange: Exchange): readonly ControlRoute[] {
  const onCall =
    (answer: (leg: CallLeg, request: ControlRequest) => Answer) =>
    (request: ControlRequest): Answer => {
      const leg = findLeg(exchange, request.params['callId'] ?? '');
      return leg === undefined ? problem(404, 'There is no such call.') : answer(leg, request);
    };
  const deed = <Input>(
    name: string,
    schema: z.ZodType<Input>,
    act: (leg: CallLeg, input: Input) => boolean,
  ) => ({
    method: 'POST',
    path: `emulator/calls/{callId}/${name}`,
    answer: onCall((leg, request) => {
      const read = readJson(request, schema);
      if (!read.ok) return read.answer;
      if (act(leg, read.value)) return { status: 200, body: callView(leg) };
      return problem(409, 'Nobody is there on this call who could do that.');
    }),
  });
  return [
    {
      method: 'GET',
      path: 'emulator/calls',
      answer: ({ url: { searchParams } }) => listCalls(exchange, searchParams.get('state')),
    },
    {
      method: 'GET',
      path: 'emulator/calls/{callId}',
      answer: onCall(leg => ({ status: 200, body: callView(leg) })),
    },
    deed('answer', whoSchema, (leg, { who }) => leg.pickUp('answer', rawIdOf(who))),
    deed('decline', whoSchema, (leg, { who }) => leg.pickUp('decline', rawIdOf(who))),
    deed('press', pressSchema, (leg, { who, keys }) => {
      const person = leg.conversation.find(rawIdOf(who));
      person?.press(keys);
      return person !== undefined;
    }),
    deed('say', saySchema, (leg, { who, text }) => {
      const person = leg.conversation.find(rawIdOf(who));
      person?.say(text);
      return person !== undefined;
    }),
    deed('hang-up', whoSchema, (leg, { who }) => {
      if (leg.callerGivesUp()) return true;
      const person = leg.conversation.find(rawIdOf(who));
      person?.hangUp();
      return person !== undefined;
    }),
    ...(['mute', 'unmute'] as const).map(name =>
      deed(name, whoSchema, (leg, { who }) => {
        const person = leg.conversation.find(rawIdOf(who));
        person?.setMuted(name === 'mute');
        return person !== undefined;
      }),
    ),
    deed('join', joinSchema, (leg, { who }) => leg.bring(identityOf(who))),
  ];
}

/** The newest ones, oldest first. */
function listCalls(exchange: Exchange, state: string | null): Answer {
  const legs = exchange.legs().filter(leg => state === null || leg.state === state);
  return { status: 200, body: { items: legs.slice(-LISTED_CALLS).map(callView) } };
}

/** By the id that ACS gave it, or by the app's own key: the newest call with this one. */
function findLeg(exchange: Exchange, callId: string): CallLeg | undefined {
  const byKey = () =>
    exchange.legs().findLast(({ request }) => callbackKeyOf(request.callbackUri) === callId);
  return exchange.find(callId) ?? byKey();
}

function rawIdOf(who: string | undefined): string | undefined {
  return who === undefined ? undefined : identityOf(who).rawId;
}

function callView({ leg, state, request, conversation }: CallLeg) {
  return {
    callId: leg.id,
    dialect: leg.dialect ?? 'preview-2021-04',
    callKey: callbackKeyOf(request.callbackUri),
    callbackUri: withoutQuery(request.callbackUri),
    state,
    source: request.source.rawId,
    conversationId: conversation.id,
    participants: conversation.roster.map(({ identity, participantId, isMuted, isOnHold }) => {
      return { who: numberOrRawId(identity), participantId, isMuted, isOnHold };
    }),
  };
}
