import { describe, expect, it } from 'vitest';
import type { Call } from '../../../shared/domain/call.ts';
import type { CallEvent } from '../../../shared/domain/call-event.ts';
import { CALL_STATES } from '../../../shared/domain/call-state.ts';
import { reduceCall } from '../../../shared/domain/reduce-call.ts';
import { atSecond, CALL_KEY, eventOfElement, fold, restamped, timeOf } from '../../support/call-events.ts';
import { everyOrder } from '../../support/every-order.ts';
import { fixtureNames, loadFixture } from '../../support/load-fixture.ts';
import {
  CONVERSATION_ID,
  dtmfReceived,
  element,
  participantsUpdated,
  playAudioResult,
  stateChanged,
} from '../../support/preview-2021-04-elements.ts';

const SEED = 'preview-2021-04/seed';
const CALL = 'preview-2021-04/call-481f3600';

const read = (...wires: readonly unknown[]): CallEvent[] => wires.map(eventOfElement);
const load = (folder: string, names: readonly string[]) =>
  read(...names.map(name => loadFixture(`${folder}/${name}`)));

const seedCall = load(
  SEED,
  fixtureNames(SEED).filter(name => name.startsWith('531f3600')),
);

const unanswered = read(
  stateChanged('Idle', atSecond(0)),
  stateChanged('Establishing', atSecond(1)),
  stateChanged('Terminating', atSecond(40)),
  stateChanged('Terminated', atSecond(41)),
  element('Unknown', { Score: 0 }, { eventTime: atSecond(42) }),
);

const comingAndGoing = read(
  stateChanged('Establishing', atSecond(0)),
  stateChanged('Established', atSecond(10), CONVERSATION_ID),
  participantsUpdated(['ann'], atSecond(11)),
  participantsUpdated(['ann', 'ben'], atSecond(20)),
  participantsUpdated(['ann', 'ben muted'], atSecond(30)),
  participantsUpdated(['ben'], atSecond(40)),
  stateChanged('Terminated', atSecond(50), CONVERSATION_ID),
  participantsUpdated(['ben', 'cid'], atSecond(51)),
);

const cancelledPlay = read(
  stateChanged('Establishing', atSecond(0)),
  playAudioResult('Running', atSecond(12)),
  dtmfReceived(1, 'Tone1', atSecond(15)),
  playAudioResult('Completed', atSecond(16), { code: 400, subcode: 8508 }),
  playAudioResult('Completed', atSecond(16), { code: 200 }),
  dtmfReceived(1, 'Tone2', atSecond(15)),
  dtmfReceived(0, 'Star', atSecond(14)),
  stateChanged('Terminated', atSecond(30)),
);

const recordings = read(
  ...[
    { State: 'Active', StartDateTime: atSecond(20), at: 21 },
    { State: 'Inactive', StartDateTime: null, at: 30 },
    { State: 'Active', StartDateTime: atSecond(20), at: 30 },
    { State: 'Inactive', StartDateTime: atSecond(19), at: 29 },
  ].map(({ at, ...data }) =>
    element(
      'CallRecordingStateChanged',
      { RecordingId: 'r1', ConversationId: `conversation ${at}`, ...data },
      { eventTime: atSecond(at) },
    ),
  ),
);

const restampedDeliveries = withRestamped(
  read(
    stateChanged('Established', atSecond(10), CONVERSATION_ID),
    participantsUpdated(['ann', 'ben muted'], atSecond(20)),
    playAudioResult('Completed', atSecond(22), { code: 200 }),
    dtmfReceived(1, 'Tone1', atSecond(21)),
  ),
);

const restampedEnd = withRestamped([
  ...read(
    stateChanged('Establishing', atSecond(0)),
    stateChanged('Terminated', atSecond(10), CONVERSATION_ID),
  ),
  ...read(
    element(
      'InviteParticipantResult',
      { Status: 'Failed', OperationContext: 'invite-1', Participants: [{ RawId: '8:acs:ann' }] },
      { eventTime: atSecond(5) },
    ),
  ),
]);

/** Six of the captured call's events, and the two that end it. */
const captured = load(CALL, [
  'CallLegStateChanged.Established.json',
  'CallRecordingStateChanged.Active.json',
  'DtmfReceived.Pound.json',
  'DtmfReceived.Tone1.json',
  'InviteParticipantResult.Completed.json',
  'ParticipantsUpdated.Joined.json',
  'PlayAudioResult.Running.json',
  'CallLegStateChanged.Terminated.json',
]);

/** Every outcome that the captured call's operations had: only the earliest of each can stand. */
const contested = load(CALL, [
  'CallLegStateChanged.Establishing.json',
  'InviteParticipantResult.Completed.json',
  'InviteParticipantResult.Failed.json',
  'PlayAudioResult.Cancelled.json',
  'PlayAudioResult.Completed.json',
  'PlayAudioResult.Failed.json',
  'PlayAudioResult.Running.json',
  'CallLegStateChanged.Terminating.json',
]);

const loadGa = (...names: readonly string[]) =>
  names.map(name => eventOfElement((loadFixture(`ga/${name}.json`) as [unknown])[0]));

/** The numbers of the rosters go before their times: here the last is told of an earlier moment. */
const gaRosters = loadGa(
  'ParticipantsUpdated.seq1',
  'ParticipantsUpdated.seq2',
  'ParticipantsUpdated.seq3',
  'CallConnected',
  'AddParticipantSucceeded',
  'RemoveParticipantSucceeded',
  'CallDisconnected.normal',
).map(event =>
  event.type === 'roster.snapshot' ? { ...event, at: rosterTime(event.sequenceNumber) } : event,
);

function rosterTime(sequenceNumber: number | null) {
  return timeOf(`2026-03-18T00:04:0${9 - (sequenceNumber ?? 0)}Z`);
}

const gaInput = loadGa(
  'RecognizeCompleted.choices',
  'RecognizeCompleted.choicesByTone',
  'RecognizeFailed.incorrectTone',
  'RecognizeFailed.initialSilence',
  'RecognizeCanceled',
  'PlayFailed',
  'PlayCanceled',
  'CallDisconnected.byApp',
);

/** Several ends: the earliest counts, and its reason with it. */
const gaEnds = loadGa(
  'CreateCallFailed.busy',
  'AnswerFailed',
  'ConnectFailed',
  'CallDisconnected.normal',
  'CallDisconnected.byApp',
  'CallConnected',
  'RecordingStateChanged.active',
);

const gaMedia = loadGa(
  'TranscriptionStarted',
  'TranscriptionUpdated',
  'TranscriptionFailed',
  'TranscriptionStopped',
  'HoldAudioStarted',
  'HoldAudioPaused',
  'HoldAudioCompleted',
  'HoldFailed',
);

const withReports = [
  ...loadGa(
    'RecordingStateChanged.active',
    'RecordingStateChanged.inactive',
    'CallConnected',
    'CallTransferFailed',
  ),
  ...['CallStarted', 'CallEnded', 'IncomingCall.pstn', 'RecordingFileStatusUpdated'].map(name =>
    eventOfElement((loadFixture(`event-grid/${name}.json`) as [unknown])[0]),
  ),
];

/** The first id that is seen binds: Event Grid names none, so here all have that of GA. */
const incomingAnswered = withReports.map(event => ({ ...event, wireId: 'connection-1' }));

/** The events, and each of them told again later, when all had happened. */
function withRestamped(events: readonly CallEvent[]): CallEvent[] {
  return events.flatMap((event, index) => [event, restamped(event, atSecond(30 + index))]);
}

describe('reduceCall', () => {
  it.each([
    { name: 'the published call', events: seedCall },
    { name: 'a call that nobody answered', events: unanswered },
    { name: 'a call with people coming, muted and going', events: comingAndGoing },
    { name: 'a call with a cancelled play and two keys under one number', events: cancelledPlay },
    { name: 'a call with contradicting words on one recording', events: recordings },
    { name: 'a call whose every event is told again with another time', events: restampedDeliveries },
    { name: 'a call whose end and failed invitation are told again', events: restampedEnd },
    { name: 'the captured call, in part', events: captured },
    { name: 'a GA call with numbered rosters', events: gaRosters },
    { name: 'a GA call that was asked for input, with several outcomes', events: gaInput },
    { name: 'a GA call that failed, with several reasons', events: gaEnds },
    { name: 'a GA call with transcription and hold', events: gaMedia },
    { name: 'a GA call that Event Grid reports on', events: incomingAnswered },
    { name: 'the captured call, where its events contradict each other', events: contested },
  ])('ends in one state for every order and repetition of the events of $name', ({ events }) => {
    const expected = JSON.stringify(fold(events).call);
    const astray: string[] = [];
    let orders = 0;

    everyOrder<CallEvent, Call>(events, {
      step: (before, event) => climb(before, event),
      visit: (call, order) => {
        orders += 1;
        const again = repeated(call, order, orders);
        if (JSON.stringify(call) !== expected) astray.push(`in another order: ${typesOf(order)}`);
        if (JSON.stringify(again) !== expected) astray.push(`repeated: ${typesOf(order)}`);
      },
    });

    expect(astray).toEqual([]);
    expect(orders).toBe(factorial(events.length));
  });
});

/** Applies an event, and makes sure that the call did not go down for it. */
function climb(before: Call | undefined, event: CallEvent): Call {
  const { call } = reduceCall(before, event, CALL_KEY);
  const fell = CALL_STATES.indexOf(call.state) < CALL_STATES.indexOf(before?.state ?? 'unknown');
  if (fell) throw new Error(`${event.type} took the call from ${before?.state} to ${call.state}`);
  return call;
}

/** Delivers two of the events again, other ones for each order. */
function repeated(call: Call, order: readonly CallEvent[], seed: number): Call {
  const picked = [seed, seed * 31 + 7].map(number => order[number % order.length]);
  return picked.reduce((known, event) => (event ? reduceCall(known, event, CALL_KEY).call : known), call);
}

function typesOf(order: readonly CallEvent[]): string {
  return order.map(({ type, at }) => `${type} ${at}`).join(', ');
}

function factorial(number: number): number {
  return number < 2 ? 1 : number * factorial(number - 1);
}
