import { describe, expect, it } from 'vitest';
import { draftOf } from '../../../shared/actions/vocabulary/action-draft.ts';
import type { ActionInput } from '../../../shared/actions/vocabulary/action-schema.ts';
import { addMilliseconds, eventTimeOf } from '../../../shared/clock.ts';
import type { CallEvent } from '../../../shared/domain/call-event.ts';
import { callView } from '../../../shared/http/call-view.ts';
import { ownEvent } from '../../../shared/processing/overdue.ts';
import { sweep } from '../../../shared/processing/sweep.ts';
import { eventOfElement } from '../../support/call-events.ts';
import { fixtureNames, loadFixture } from '../../support/load-fixture.ts';
import { MINUTE_MS, UpkeepWorld } from '../../support/upkeep-world.ts';

const KEY = 'c1';
const START = eventTimeOf(Date.UTC(2026, 2, 18));
const PHONE = '+15550100';

const NAMES = fixtureNames('ga').map(name => name.replace('.json', ''));

function eventOf(name: string): CallEvent {
  const body = loadFixture(`ga/${name}.json`);
  return eventOfElement(Array.isArray(body) ? body[0] : body);
}

/** Whom the fixtures name. */
const [ADDED = ''] = peopleOf('AddParticipantSucceeded');
const [MOVED = ''] = peopleOf('MoveParticipantSucceeded');

function peopleOf(name: string): readonly string[] {
  const event = eventOf(name);
  return event.type.startsWith('participant.') && 'participants' in event
    ? (event.participants ?? []).map(String)
    : [];
}

/** What was asked for, by the operationContext that the fixtures have for it. */
const ASKED: Readonly<Record<string, ActionInput>> = {
  'play-welcome': { kind: 'playText', text: 'Welcome' },
  'menu-1': { kind: 'recognize', participant: PHONE, input: 'tones', maxTones: 1 },
  'menu-2': { kind: 'recognize', participant: PHONE, input: 'tones', maxTones: 1 },
  'open-1': { kind: 'recognize', participant: PHONE, input: 'speech' },
  'pin-1': { kind: 'recognize', participant: PHONE, input: 'tones', maxTones: 4 },
  'add-agent': { kind: 'addParticipants', participants: [ADDED] },
  'cancel-add': { kind: 'cancelAddParticipant', invitationId: 'i' },
  'remove-agent': { kind: 'removeParticipant', participant: '+14255550177' },
  'move-1': { kind: 'moveParticipants', participants: [MOVED], fromCall: 'other' },
  'transfer-1': { kind: 'transferCall', to: '+14255550177' },
  'ext-dial': { kind: 'sendDtmf', tones: ['one'], participant: PHONE },
  'hold-1': { kind: 'holdParticipant', participant: PHONE },
};

const RECORD: ActionInput = { kind: 'startRecording' };

const BASE = ['CallConnected', 'ParticipantsUpdated.seq1', 'ParticipantsUpdated.seq2'];
const LAST = ['ParticipantsUpdated.seq3', 'CallDisconnected.normal'];
const NEVER_CONNECTED = ['CreateCallFailed.busy', 'AnswerFailed', 'AnswerCallFailed', 'ConnectFailed'];

/** A call for each fixture: an ordinary one with that event in it, or one that never came to be. */
const CALLS = NAMES.filter(name => ![...BASE, ...LAST].includes(name)).map(name => {
  if (NEVER_CONNECTED.includes(name)) return { name, events: [name] };
  if (name === 'CallDisconnected.byApp') return { name, events: [...BASE, LAST[0] ?? '', name] };
  if (name === 'RecordingStateChanged.inactive')
    return { name, events: [...BASE, 'RecordingStateChanged.active', name, ...LAST] };
  if (name === 'PlayStarted') return { name, events: [...BASE, name, 'PlayCompleted', ...LAST] };
  return { name, events: [...BASE, name, ...LAST] };
});

/** A moment between two events: nothing is heard for so long that ACS is asked. */
const PAUSE_MS = 20 * MINUTE_MS;

/** What is known of a call, one event of which was lost, when ACS was asked whenever it went quiet. */
async function reportWithout(names: readonly string[], lost: number | undefined) {
  const world = new UpkeepWorld();
  world.acs.answer = 'open';
  world.clock.nowMs = Date.parse(START);
  const events = names.map((name, index) => {
    const at = addMilliseconds(START, (index + 1) * PAUSE_MS);
    return { ...eventOf(name), at, receivedAt: at };
  });
  await ask(world, events);
  for (const [index, event] of events.entries()) {
    world.clock.nowMs = Date.parse(event.at);
    if (event.type === 'roster.snapshot') world.acs.roster = event.participants;
    if (event.type === 'call.disconnected' || event.type === 'call.failed') world.acs.answer = 'gone';
    if (index !== lost) await world.start().worker.record(KEY, { events: [event] });
    world.clock.nowMs += PAUSE_MS - MINUTE_MS;
    await sweep(world.start());
  }
  const head = await world.head(KEY);
  if (head === undefined) throw new Error('Nothing was recorded.');
  const { gaps, ...report } = callView(head);
  return { gaps, report };
}

async function ask(world: UpkeepWorld, events: readonly CallEvent[]): Promise<void> {
  const place = draftOf({ kind: 'placeCall', to: PHONE, callerId: '+18440100' });
  const begun = { type: 'call.requested', actionId: 'place', action: place, flow: null } as const;
  world.acs.result = { kind: 'done', wireId: events[0]?.wireId ?? 'c' };
  await world.start().worker.record(KEY, { events: [ownEvent('ga', START, 'requested', begun)] });
  const own: CallEvent[] = [];
  for (const event of events) {
    if (event.type === 'recording.state')
      world.acs.result = { kind: 'done', ids: { recordingId: event.recordingId } };
    const context = 'operationContext' in event ? (event.operationContext ?? '') : '';
    const action = event.type === 'recording.state' ? RECORD : ASKED[context];
    if (action === undefined) continue;
    const payload = { type: 'action.requested', actionId: context, action: draftOf(action) } as const;
    own.push(ownEvent('ga', START, `asked:${context}`, payload));
  }
  await world.start().worker.record(KEY, { events: own });
}

/** Where two reports differ and the second does not say by null that it does not know. */
function differences(full: unknown, healed: unknown, path = ''): string[] {
  if (healed === null || JSON.stringify(full) === JSON.stringify(healed)) return [];
  if (typeof full !== 'object' || full === null || typeof healed !== 'object') return [path];
  const names = new Set([...Object.keys(full), ...Object.keys(healed)]);
  return [...names].flatMap(name =>
    differences(Reflect.get(full, name), Reflect.get(healed, name), `${path}/${name}`),
  );
}

/**
 * What nothing shows when it is lost: the last tone; and what ACS tells only now and then, or of what nobody asked for
 * here. `docs/dialects-acting.md` has the same list.
 */
const UNKNOWABLE = new Set([
  'ContinuousDtmfRecognitionToneReceived',
  'ContinuousDtmfRecognitionToneFailed',
  'ContinuousDtmfRecognitionStopped',
  'HoldAudioStarted',
  'HoldAudioPaused',
  'HoldAudioResumed',
  'HoldAudioCompleted',
  'HoldFailed',
  'PlayPaused',
  'PlayResumed',
  'MediaStreamingStarted',
  'MediaStreamingStopped',
  'MediaStreamingFailed',
  'TranscriptionStarted',
  'TranscriptionStopped',
  'TranscriptionUpdated',
  'TranscriptionFailed',
  'StartRecordingFailed',
]);

describe('a call of GA, reconciled with ACS', () => {
  it.each(CALLS)(
    'of $name equals the full one, or says what was inferred, whatever event was lost',
    async call => {
      const full = await reportWithout(call.events, undefined);

      for (const [index, lost] of call.events.entries()) {
        const healed = await reportWithout(call.events, index);
        const told = new Set(full.gaps.map(({ text }) => text));
        const saysSo = healed.gaps.some(({ text }) => !told.has(text));
        const unexplained = saysSo ? [] : differences(full.report, healed.report);
        if (lost === call.name && UNKNOWABLE.has(lost))
          expect(unexplained, `${lost} need not be listed`).not.toEqual([]);
        else expect(unexplained, `without ${lost}`).toEqual([]);
      }
    },
  );

  it('has no gaps where all of it came', async () => {
    const { gaps } = await reportWithout([...BASE, 'PlayCompleted', ...LAST], undefined);

    expect(gaps).toEqual([]);
  });

  it('has the participants of a roster that was lost, marked as inferred', async () => {
    const names = [...BASE, ...LAST];
    const full = await reportWithout(names, undefined);
    const healed = await reportWithout(names, 3);

    const present = ({ report }: typeof full) =>
      report.participants.map(({ rawId, stays }) => [rawId, stays.length]);
    expect(present(healed)).toEqual(present(full));
    expect(healed.gaps).toEqual([{ about: 'roster', text: expect.stringMatching(/asked of ACS/) as string }]);
  });

  it('ends when ACS does not know it any more, marked as inferred', async () => {
    const { report, gaps } = await reportWithout([...BASE, ...LAST], 4);

    expect(report).toMatchObject({ state: 'disconnected', inferred: true, outcome: 'answered' });
    expect(gaps.map(({ about }) => about)).toEqual(['end']);
  });

  it('names the roster that did not come where a later one did before anybody asked', async () => {
    const world = new UpkeepWorld();
    for (const name of ['CallConnected', 'ParticipantsUpdated.seq1', 'ParticipantsUpdated.seq3'])
      await world.start().worker.record(KEY, { events: [eventOf(name)] });

    const head = await world.head(KEY);
    expect(head && callView(head).gaps).toEqual([
      { about: 'roster', text: expect.stringMatching(/^Roster 2 did not come/) as string },
    ]);
  });
});

describe('sweep, of a quiet call of GA', () => {
  const connected = async () => {
    const world = new UpkeepWorld();
    const said = { type: 'call.connected', conversationId: null } as const;
    await world.tell(KEY, said, { dialect: 'ga' });
    return world;
  };

  it('asks ACS after RECONCILE_MINUTES, and not before', async () => {
    const world = await connected();
    world.acs.answer = 'open';
    world.clock.nowMs += 15 * MINUTE_MS - 1;
    await sweep(world.start());
    expect(world.acs.asked).toEqual([]);

    world.clock.nowMs += 1;
    await sweep(world.start());
    world.clock.nowMs += MINUTE_MS;
    await sweep(world.start());
    expect(world.acs.asked).toEqual([`leg-${KEY}`]);
  });

  it('records nothing while ACS has the same roster as the call', async () => {
    const world = await connected();
    world.acs.answer = 'open';
    world.acs.roster = [];
    world.clock.nowMs += 15 * MINUTE_MS;

    await sweep(world.start());

    expect((await world.head(KEY))?.journalCount).toBe(1);
  });

  it.each([
    { answer: 'noAnswer', quietMs: 23 * 60 * MINUTE_MS, state: 'connected' },
    { answer: 'noAnswer', quietMs: 24 * 60 * MINUTE_MS, state: 'connected' },
    { answer: 'cannotAsk', quietMs: 23 * 60 * MINUTE_MS, state: 'connected' },
    { answer: 'cannotAsk', quietMs: 24 * 60 * MINUTE_MS, state: 'disconnected' },
    { answer: 'gone', quietMs: 15 * MINUTE_MS, state: 'disconnected' },
  ] as const)(
    'leaves it $state after $quietMs ms when ACS says $answer',
    async ({ answer, quietMs, state }) => {
      const world = await connected();
      world.acs.answer = answer;
      world.clock.nowMs += quietMs;

      await sweep(world.start());

      expect((await world.head(KEY))?.call.state).toBe(state);
    },
  );

  it('gives way to the true roster that comes late', async () => {
    const world = new UpkeepWorld();
    world.acs.answer = 'open';
    world.acs.roster = [{ rawId: '4:+1', participantId: null, isMuted: false }];
    const first = { ...eventOf('ParticipantsUpdated.seq1'), receivedAt: world.now };
    await world.start().worker.record(KEY, { events: [first] });
    world.clock.nowMs += 15 * MINUTE_MS;
    await sweep(world.start());
    const healed = (await world.head(KEY))?.call.roster;

    await world.start().worker.record(KEY, { events: [eventOf('ParticipantsUpdated.seq2')] });

    const roster = (await world.head(KEY))?.call.roster;
    expect(healed?.snapshots.map(({ sequenceNumber }) => sequenceNumber)).toEqual([1, 1]);
    expect(roster?.snapshots.at(-1)?.sequenceNumber).toBe(2);
  });
});
