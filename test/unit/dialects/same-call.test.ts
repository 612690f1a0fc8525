import { describe, expect, it } from 'vitest';
import { draftOf } from '../../../shared/actions/vocabulary/action-draft.ts';
import type { Call } from '../../../shared/domain/call.ts';
import type { CallEvent } from '../../../shared/domain/call-event.ts';
import { applyEvent } from '../../../shared/flows/apply-event.ts';
import { callView } from '../../../shared/http/call-view.ts';
import { ownEvent } from '../../../shared/processing/overdue.ts';
import { atSecond, CALL_KEY, eventOfElement } from '../../support/call-events.ts';
import { deciderOf, draft } from '../../support/deciders.ts';
import { type Scene, TELLING_DIALECTS, type TellingDialect, told } from '../../support/dialect-calls.ts';
import { everyOrder } from '../../support/every-order.ts';

const CALLEE = '4:+14255550142';
const ANN = '8:acs:ann';
const US = '8:acs:us';
const DECIDER = deciderOf({
  connected: { actions: [draft('playAudio', 'hello')] },
  'tone#1:one': { actions: [draft('addParticipants', 'ann')] },
});

/** Calls of at most eight events, each a second after the other. */
const CALLS: readonly { readonly name: string; readonly scenes: readonly Scene[] }[] = [
  {
    name: 'is played a prompt, which a key cuts short',
    scenes: [
      { what: 'rings' },
      { what: 'isAnswered' },
      { what: 'isOn', number: 1, rawIds: [CALLEE, US] },
      { what: 'promptBegins', context: 'hello' },
      { what: 'pressesKey', number: 1, key: 1 },
      { what: 'promptEnds', context: 'hello', how: 'canceled' },
      { what: 'isEnding' },
      { what: 'ends' },
    ],
  },
  {
    name: 'brings somebody else onto the line',
    scenes: [
      { what: 'isAnswered' },
      { what: 'isOn', number: 1, rawIds: [CALLEE, US] },
      { what: 'promptEnds', context: 'hello', how: 'completed' },
      { what: 'pressesKey', number: 1, key: 1 },
      { what: 'invitationEnds', context: 'ann', rawId: ANN, how: 'completed' },
      { what: 'isOn', number: 2, rawIds: [ANN, CALLEE, US] },
      { what: 'ends' },
    ],
  },
  {
    name: 'invites in vain, and plays a file that is not there',
    scenes: [
      { what: 'isAnswered' },
      { what: 'promptEnds', context: 'hello', how: 'failed' },
      { what: 'invitationEnds', context: 'ann', rawId: ANN, how: 'failed' },
      { what: 'isOn', number: 1, rawIds: [CALLEE] },
      { what: 'isOn', number: 2, rawIds: [] },
      { what: 'ends' },
    ],
  },
  {
    name: 'enters digits',
    scenes: [
      { what: 'isAnswered' },
      ...[3, 1, 4, 1].map((key, index): Scene => ({ what: 'pressesKey', number: index + 1, key })),
      { what: 'ends' },
    ],
  },
  { name: 'is busy', scenes: [{ what: 'rings' }, { what: 'isBusy' }] },
];

type Report = ReturnType<typeof callView>;

/** What a dialect cannot know, or says of itself alone. `docs/dialects.md` has the same list. */
const APART: readonly { readonly of: string; readonly why: string; cut(report: Report): Partial<Report> }[] =
  [
    {
      of: 'dialect, callLegId, callConnectionId',
      why: 'which dialect it is, and what it calls the call',
      cut: ({ dialect: _, callLegId: _leg, callConnectionId: _connection, ...same }) => same,
    },
    {
      of: 'connectingAt, disconnectingAt',
      why: 'GA tells of neither',
      cut: ({ connectingAt: _, disconnectingAt: _end, ...same }) => same,
    },
    {
      of: 'reason',
      why: 'the previews give none, and GA says in its own words why a call ended',
      cut: ({ reason: _, ...same }) => same,
    },
    {
      of: 'outcome of a call that nobody answered',
      why: 'without a reason the previews know no-answer alone',
      cut: ({ outcome, connectedAt, ...same }) => ({
        ...same,
        connectedAt,
        outcome: connectedAt === null ? null : outcome,
      }),
    },
    {
      of: 'conversationId of a call that nobody answered',
      why: 'GA names it from the first event on, the previews with the connection',
      cut: ({ conversationId, connectedAt, ...same }) => ({
        ...same,
        connectedAt,
        conversationId: connectedAt === null ? null : conversationId,
      }),
    },
    {
      of: 'participants[].participantId',
      why: 'GA names people and not their endpoints',
      cut: ({ participants, ...same }) => ({
        ...same,
        participants: participants.map(one => ({ ...one, participantId: null })),
      }),
    },
    {
      of: 'operations[].participants',
      why: 'the later previews do not say whom an invitation is about',
      cut: ({ operations, ...same }) => ({
        ...same,
        operations: operations.map(one => ({ ...one, participants: [] })),
      }),
    },
    {
      of: 'actions that listen for keys',
      why: 'GA alone needs to be asked for them',
      cut: ({ actions, ...same }) => ({
        ...same,
        actions: actions.filter(({ kind }) => kind !== 'startContinuousDtmf'),
      }),
    },
  ];

function cut(report: Report, apart: typeof APART = APART): Partial<Report> {
  let same: Partial<Report> = report;
  for (const each of apart) same = { ...each.cut(same as Report) };
  return same;
}

/** When an action was planned depends on what came first, in every dialect alike. */
function reportOf(call: Call): Report {
  const { actions, ...report } = callView({ call, deliveries: {} });
  return { ...report, actions: actions.map(action => ({ ...action, plannedAt: call.createdAt })) };
}

function requested(dialect: TellingDialect): CallEvent {
  const action = draftOf({ kind: 'placeCall', to: CALLEE, from: US, callerId: '+18335550100' });
  const payload = { type: 'call.requested', actionId: 'place', action, flow: null } as const;
  return ownEvent(dialect, atSecond(0), 'requested', payload);
}

function eventsIn(dialect: TellingDialect, scenes: readonly Scene[]): CallEvent[] {
  const elements = scenes.map((scene, index) => told(dialect, scene, index + 1));
  return elements.filter(element => element !== undefined).map(eventOfElement);
}

function step(before: Call | undefined, event: CallEvent): Call {
  return applyEvent(before, event, { callKey: CALL_KEY, decider: DECIDER }).call;
}

function inOrder(dialect: TellingDialect, scenes: readonly Scene[]): Report {
  let call = step(undefined, requested(dialect));
  for (const event of eventsIn(dialect, scenes)) call = step(call, event);
  return reportOf(call);
}

describe('a call that', () => {
  describe.each(CALLS)('$name', ({ scenes }) => {
    const [first] = TELLING_DIALECTS;
    const expected = JSON.stringify(cut(inOrder(first ?? 'ga', scenes)));

    it.each(TELLING_DIALECTS)('has one report in %s, whatever order its events come in', dialect => {
      const events = eventsIn(dialect, scenes);
      const begun = step(undefined, requested(dialect));
      let orders = 0;
      everyOrder<CallEvent, Call>(events, {
        step: (before, event) => step(before ?? begun, event),
        visit(call, order) {
          orders += 1;
          const report = JSON.stringify(cut(reportOf(call)));
          if (report !== expected) {
            expect(JSON.parse(report), order.map(({ type }) => type).join(', ')).toEqual(
              JSON.parse(expected),
            );
          }
        },
      });

      expect(orders).toBe(events.map((_, index) => index + 1).reduce((a, b) => a * b, 1));
    });
  });

  it('is told of in other words differs in nothing that is not listed, and in all that is', () => {
    const reports = CALLS.map(({ scenes }) => TELLING_DIALECTS.map(dialect => inOrder(dialect, scenes)));

    for (const { of } of APART) {
      const others = APART.filter(each => each.of !== of);
      const differ = reports.some(
        told => new Set(told.map(one => JSON.stringify(cut(one, others)))).size > 1,
      );
      expect(differ, `${of} need not be listed`).toBe(true);
    }
  });
});
