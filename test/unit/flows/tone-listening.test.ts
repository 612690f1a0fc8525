import { describe, expect, it } from 'vitest';
import { draftOf } from '../../../shared/actions/vocabulary/action-draft.ts';
import type { ActionInput } from '../../../shared/actions/vocabulary/action-schema.ts';
import type { Call } from '../../../shared/domain/call.ts';
import type { CallEvent, DialectName, EventPayload } from '../../../shared/domain/call-event.ts';
import { applyEvent } from '../../../shared/flows/apply-event.ts';
import type { Decider } from '../../../shared/flows/decider.ts';
import { atSecond, CALL_KEY } from '../../support/call-events.ts';
import { deciderOf, draft } from '../../support/deciders.ts';
import { everyOrder } from '../../support/every-order.ts';

const ANN = '4:+14255550142';
const BEN = '8:acs:ben';
const PROMPTS = deciderOf({ connected: { actions: [draft('playAudio', 'hello')] } });

function eventAt(second: number, payload: EventPayload, dialect: DialectName = 'ga'): CallEvent {
  const at = atSecond(second);
  const isOurs = payload.type === 'call.requested';
  return {
    fingerprint: `${payload.type}@${second}`,
    at,
    receivedAt: at,
    dialect,
    wireId: isOurs ? null : 'leg',
    ...payload,
  };
}

const requested = (action: ActionInput, dialect?: DialectName) =>
  eventAt(0, { type: 'call.requested', actionId: 'place', action: draftOf(action), flow: null }, dialect);
const connected = (dialect?: DialectName) =>
  eventAt(3, { type: 'call.connected', conversationId: null }, dialect);
const roster = (second: number, ...rawIds: string[]) => {
  const participants = rawIds.map(rawId => ({ rawId, participantId: null, isMuted: false }));
  return eventAt(second, { type: 'roster.snapshot', sequenceNumber: second, participants });
};

function apply(events: readonly CallEvent[], decider: Decider = PROMPTS, begun?: Call): Call {
  let call = begun;
  for (const event of events) call = applyEvent(call, event, { callKey: CALL_KEY, decider }).call;
  if (call === undefined) throw new Error('A call begins with an event.');
  return call;
}

const planned = ({ actions }: Call) =>
  actions
    .slice(1)
    .map(({ kind, arguments: { participant } }) => `${kind} ${String(participant ?? '')}`.trim());

const PLACE = { kind: 'placeCall', to: ANN } as const;

describe('a call that asked for keys', () => {
  it('listens to its callee on GA, before anything else is done', () => {
    expect(planned(apply([requested(PLACE), connected()]))).toEqual([
      `startContinuousDtmf ${ANN}`,
      'playAudio',
    ]);
  });

  it('does so once, whatever proves the connection and in whatever order', () => {
    const events = [
      connected(),
      roster(4, ANN),
      eventAt(5, { type: 'tone.received', sequenceId: 1, tone: 'one' }),
      eventAt(6, { type: 'play.completed', operationContext: null, result: null }),
    ];
    const ids = new Set<string>();
    everyOrder<CallEvent, Call>(events, {
      step: (before, event) => apply([event, event], PROMPTS, before ?? apply([requested(PLACE)])),
      visit: ({ actions }) => ids.add(JSON.stringify(actions.map(({ actionId, kind }) => [actionId, kind]))),
    });

    expect([...ids]).toHaveLength(1);
    expect(JSON.parse([...ids][0] ?? '')).toHaveLength(3);
  });

  it('listens to each of several callees once the roster shows them', () => {
    const placed = apply([requested({ kind: 'placeCall', to: [ANN, BEN] }), connected()]);
    const first = apply([roster(4, BEN, '8:acs:other')], PROMPTS, placed);
    const both = apply([roster(5, ANN, BEN), roster(6, BEN)], PROMPTS, first);

    expect(planned(placed)).toEqual(['playAudio']);
    expect(planned(first)).toEqual(['playAudio', `startContinuousDtmf ${BEN}`]);
    expect(planned(both)).toEqual([...planned(first), `startContinuousDtmf ${ANN}`]);
  });

  it('listens to whoever called us', () => {
    const answer = { kind: 'answerCall', incomingCallContext: 'c', caller: ANN } as const;

    expect(planned(apply([requested(answer), connected()]))[0]).toBe(`startContinuousDtmf ${ANN}`);
  });

  it.each<{ readonly why: string; readonly action: ActionInput; readonly dialect?: DialectName }>([
    { why: 'did not ask for keys', action: { ...PLACE, events: ['participantsUpdated'] } },
    { why: 'joins others', action: { kind: 'joinCall', conversationId: 'c' } },
    { why: 'was called by somebody unknown', action: { kind: 'answerCall', incomingCallContext: 'c' } },
    { why: 'is one of a preview, which tells of keys unasked', action: PLACE, dialect: 'preview-2021-04' },
  ])('but not where it $why', ({ action, dialect }) => {
    const call = apply([requested(action, dialect), connected(dialect), roster(4, ANN)]);

    expect(planned(call)).toEqual(['playAudio']);
  });
});
