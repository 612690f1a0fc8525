import { describe, expect, it } from 'vitest';
import { draftOf } from '../../../shared/actions/vocabulary/action-draft.ts';
import type { Call } from '../../../shared/domain/call.ts';
import type { CallEvent, EventPayload } from '../../../shared/domain/call-event.ts';
import { applyEvent } from '../../../shared/flows/apply-event.ts';
import { listening } from '../../../shared/flows/decider.ts';
import { flowSignalOf } from '../../../shared/flows/flow-signals.ts';
import { atSecond, CALL_KEY } from '../../support/call-events.ts';

const US = '8:acs:us';
const ANN = '8:acs:ann';

function eventAt(second: number, payload: EventPayload): CallEvent {
  const at = atSecond(second);
  const wireId = payload.type === 'roster.snapshot' ? 'leg' : null;
  return { fingerprint: `${payload.type}@${second}`, at, receivedAt: at, dialect: 'ga', wireId, ...payload };
}

const action = draftOf({ kind: 'joinCall', conversationId: 'c' });
const requested = eventAt(0, { type: 'call.requested', actionId: 'join', action, flow: null });
const answered = (second: number, ids = { source: US }) =>
  eventAt(second, { type: 'action.done', actionId: 'join', ids });
const roster = (second: number, ...rawIds: string[]) => {
  const participants = rawIds.map(rawId => ({ rawId, participantId: null, isMuted: false }));
  return eventAt(second, { type: 'roster.snapshot', sequenceNumber: second, participants });
};

/** Who a flow is told is on the call beside ourselves, time after time. */
function othersAfter(...events: readonly CallEvent[]): readonly (readonly string[])[] {
  let call: Call | undefined;
  const told: (readonly string[])[] = [];
  for (const event of [requested, ...events]) {
    const applied = applyEvent(call, event, { callKey: CALL_KEY, decider: listening });
    call = applied.call;
    for (const signal of applied.signals) {
      const shown = flowSignalOf(call, signal);
      if (shown?.type === 'rosterChanged') told.push(shown.others);
    }
  }
  return told;
}

describe('who else is on a call of GA', () => {
  it('leaves out whom ACS has for us, as the answer says', () => {
    expect(othersAfter(answered(1), roster(2, US, ANN), roster(3, US))).toEqual([[ANN], []]);
  });

  it('is told once more when the roster overtook the answer', () => {
    expect(othersAfter(roster(2, US), answered(3))).toEqual([[US], []]);
    expect(othersAfter(roster(2, US), answered(3), answered(4))).toEqual([[US], []]);
  });

  it('is told once where the answer says nothing of us', () => {
    expect(othersAfter(roster(2, ANN), { ...answered(3), ids: undefined } as CallEvent)).toEqual([[ANN]]);
  });
});
