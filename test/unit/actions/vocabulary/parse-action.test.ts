import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { draftOf, specOf, toDraft } from '../../../../shared/actions/vocabulary/action-draft.ts';
import type { ActionInput } from '../../../../shared/actions/vocabulary/action-schema.ts';
import { parseAction } from '../../../../shared/actions/vocabulary/parse-action.ts';
import { ACTION_KINDS } from '../../../../shared/domain/action.ts';
import { GA_ACTIONS } from '../../../support/ga-actions.ts';

const USER = '8:acs:7c1f52d0-5b8e-4f0a-9f5d-2a6e3d9b4c10_0000001c-0000-4000-8000-00000000a001';
const TEAMS = '8:orgid:0e6a1f2b-5b8e-4f0a-9f5d-2a6e3d9b4c10';

const READ: readonly { readonly given: ActionInput; readonly read: object }[] = [
  {
    given: { kind: 'placeCall', to: '+14255550142' },
    read: {
      to: ['4:+14255550142'],
      modalities: ['audio'],
      events: ['participantsUpdated', 'toneReceived'],
    },
  },
  {
    given: {
      kind: 'placeCall',
      to: ['4:+14255550142', USER, TEAMS],
      from: USER,
      callerId: '+18335550100',
      subject: 'Größe: 3 m',
      modalities: ['audio', 'video'],
      events: [],
    },
    read: {
      to: ['4:+14255550142', USER, TEAMS],
      from: USER,
      callerId: '4:+18335550100',
      subject: 'Größe: 3 m',
      modalities: ['audio', 'video'],
      events: [],
    },
  },
  {
    given: { kind: 'joinCall', conversationId: 'aHR0cHM6Ly9jb252+/==' },
    read: {
      conversationId: 'aHR0cHM6Ly9jb252+/==',
      modalities: ['audio'],
      events: ['participantsUpdated', 'toneReceived'],
    },
  },
  { given: { kind: 'hangUp' }, read: {} },
  { given: { kind: 'endForAll' }, read: {} },
  {
    given: { kind: 'playAudio', audioFileUri: 'https://media.example.com/a.wav?sv=1' },
    read: { audioFileUri: 'https://media.example.com/a.wav?sv=1', loop: false },
  },
  {
    given: { kind: 'playAudio', audioFileUri: 'http://127.0.0.1:7071/a.wav', loop: true, resourceId: 'r-1' },
    read: { audioFileUri: 'http://127.0.0.1:7071/a.wav', loop: true, resourceId: 'r-1' },
  },
  { given: { kind: 'cancelMedia' }, read: {} },
  {
    given: { kind: 'addParticipants', participants: ['+14255550177', USER] },
    read: { participants: ['4:+14255550177', USER] },
  },
  { given: { kind: 'removeParticipant', participantId: 'de7539f7' }, read: { participantId: 'de7539f7' } },
  {
    given: {
      kind: 'addToConversation',
      conversationId: 'g',
      participants: [USER],
      callerId: '4:+18335550100',
    },
    read: { conversationId: 'g', participants: [USER], callerId: '4:+18335550100' },
  },
  {
    given: { kind: 'removeFromConversation', conversationId: 'g', participantId: 'p' },
    read: { conversationId: 'g', participantId: 'p' },
  },
];

interface Fault {
  readonly name: string;
  readonly value: unknown;
  readonly pointer: string;
  readonly detail: RegExp;
}

const FAULTS: readonly Fault[] = [
  { name: 'nothing', value: undefined, pointer: '', detail: /an action, such as \{"kind":"hangUp"\}/ },
  { name: 'null', value: null, pointer: '', detail: /an action, such as/ },
  { name: 'a text', value: 'hangUp', pointer: '', detail: /an action, such as/ },
  { name: 'a list', value: [{ kind: 'hangUp' }], pointer: '', detail: /an action, such as/ },
  { name: 'no kind', value: {}, pointer: '/kind', detail: /expected one of placeCall, joinCall/ },
  { name: 'an unknown kind', value: { kind: 'hangup' }, pointer: '/kind', detail: /expected one of/ },
  {
    name: 'the kind of a prototype',
    value: { kind: '__proto__' },
    pointer: '/kind',
    detail: /expected one of/,
  },
  {
    name: 'a misspelt member',
    value: { kind: 'hangUp', 'a/b~': 1 },
    pointer: '/a~1b~0',
    detail: /no member of this name/,
  },
  { name: 'nobody', value: { kind: 'placeCall' }, pointer: '/to', detail: /such as \+14255550142/ },
  {
    name: 'an empty list',
    value: { kind: 'placeCall', to: [] },
    pointer: '/to',
    detail: /at least one .*such as \+14255550142/,
  },
  {
    name: 'a local number',
    value: { kind: 'placeCall', to: '0425555014' },
    pointer: '/to',
    detail: /E\.164 number, such as \+14255550142/,
  },
  {
    name: 'a number with spaces',
    value: { kind: 'placeCall', to: ['+1 425 5550142'] },
    pointer: '/to/0',
    detail: /E\.164 number/,
  },
  {
    name: 'a number of 16 digits',
    value: { kind: 'placeCall', to: ['+1234567890123456'] },
    pointer: '/to/0',
    detail: /E\.164/,
  },
  {
    name: 'a number behind a line break',
    value: { kind: 'placeCall', to: '+14255550142\n' },
    pointer: '/to',
    detail: /E\.164/,
  },
  {
    name: 'Arabic digits',
    value: { kind: 'placeCall', to: '+١٤٢٥٥٥٥٠١٤٢' },
    pointer: '/to',
    detail: /E\.164/,
  },
  {
    name: 'the anonymous',
    value: { kind: 'placeCall', to: '4:anonymous' },
    pointer: '/to',
    detail: /E\.164/,
  },
  {
    name: 'a raw id with a slash',
    value: { kind: 'placeCall', to: ['8:acs:a/b'] },
    pointer: '/to/0',
    detail: /raw id/,
  },
  {
    name: 'somebody twice, in two spellings',
    value: { kind: 'placeCall', to: ['+14255550142', '4:+14255550142'] },
    pointer: '/to/1',
    detail: /everybody once/,
  },
  {
    name: 'too many',
    value: {
      kind: 'addParticipants',
      participants: Array.from({ length: 351 }, (_, index) => `+1425555${1000 + index}`),
    },
    pointer: '/participants',
    detail: /at most 350/,
  },
  {
    name: 'a telephone that is to call',
    value: { kind: 'placeCall', to: '+14255550142', from: '+18335550100' },
    pointer: '/from',
    detail: /a user of ACS, such as 8:acs:/,
  },
  {
    name: 'a user as caller id',
    value: { kind: 'addParticipants', participants: [USER], callerId: USER },
    pointer: '/callerId',
    detail: /E\.164 number, such as/,
  },
  {
    name: 'a subject of two lines',
    value: { kind: 'placeCall', to: USER, subject: 'a\r\nb' },
    pointer: '/subject',
    detail: /in one line, such as Appointment reminder/,
  },
  {
    name: 'no modality',
    value: { kind: 'placeCall', to: USER, modalities: [] },
    pointer: '/modalities',
    detail: /such as \["audio"\]/,
  },
  {
    name: 'an unknown event',
    value: { kind: 'placeCall', to: USER, events: ['dtmfReceived'] },
    pointer: '/events/0',
    detail: /participantsUpdated and toneReceived/,
  },
  {
    name: 'a conversation that is the folder above',
    value: { kind: 'joinCall', conversationId: '..' },
    pointer: '/conversationId',
    detail: /such as f8c3b2a0/,
  },
  {
    name: 'a participant that would be the call itself',
    value: { kind: 'removeParticipant', participantId: '.' },
    pointer: '/participantId',
    detail: /such as de7539f7/,
  },
  {
    name: 'a participant with a line break',
    value: { kind: 'removeFromConversation', conversationId: 'g', participantId: 'a\r\nHost: b' },
    pointer: '/participantId',
    detail: /visible characters/,
  },
  {
    name: 'a prompt on disk',
    value: { kind: 'playAudio', audioFileUri: 'file:///etc/passwd' },
    pointer: '/audioFileUri',
    detail: /such as https:\/\/media\.example\.com\/reminder\.wav/,
  },
  {
    name: 'a prompt of endless length',
    value: { kind: 'playAudio', audioFileUri: `https://media.example.com/${'a'.repeat(2048)}` },
    pointer: '/audioFileUri',
    detail: /at most 2048/,
  },
  {
    name: 'a loop in words',
    value: { kind: 'playAudio', audioFileUri: 'https://media.example.com/a.wav', loop: 'yes' },
    pointer: '/loop',
    detail: /true or false/,
  },
];

describe('parseAction', () => {
  it.each(READ)('reads $given.kind', ({ given, read }) => {
    expect(parseAction(given)).toEqual({ ok: true, action: { kind: given.kind, ...read } });
  });

  it('knows every kind', () => {
    const kinds = [...READ.map(({ given }) => given.kind), ...GA_ACTIONS.map(({ action }) => action.kind)];

    expect(new Set(kinds)).toEqual(new Set(ACTION_KINDS));
  });

  it.each(FAULTS)('refuses $name, and says where and what instead', ({ value, pointer, detail }) => {
    const parsed = parseAction(value);

    const faults = parsed.ok ? [] : parsed.faults;
    expect(faults.map(fault => fault.pointer)).toEqual([pointer]);
    expect(faults[0]?.detail).toMatch(detail);
  });

  it('names every fault below the place that it is told', () => {
    const value = { kind: 'playAudio', audioFileUri: 'a.wav', loop: 1, extra: true };

    const parsed = parseAction(value, '/actions/2');

    expect(parsed.ok ? [] : parsed.faults.map(({ pointer }) => pointer).toSorted()).toEqual([
      '/actions/2/audioFileUri',
      '/actions/2/extra',
      '/actions/2/loop',
    ]);
  });

  it('tells a bounded number of bounded faults of a hostile body', () => {
    const members = Array.from({ length: 5_000 }, (_, index) => [`${'k'.repeat(500)}${index}`, 1] as const);

    const parsed = parseAction({ kind: 'hangUp', ...Object.fromEntries(members) });

    expect(JSON.stringify(parsed).length).toBeLessThan(5_000);
  });

  it('never throws, and reads what it read once as the same', () => {
    const member = fc.constantFrom('to', 'from', 'participants', 'participantId', 'loop', 'audioFileUri');
    const value = fc.oneof(fc.anything(), fc.constantFrom<unknown>('+14255550142', [USER], true, '..'));
    const actions = fc
      .tuple(fc.constantFrom(...ACTION_KINDS), fc.dictionary(member, value, { maxKeys: 3 }))
      .map(([kind, members]) => ({ ...members, kind }));
    fc.assert(
      fc.property(fc.oneof(actions, fc.anything()), given => {
        const parsed = parseAction(given);
        if (parsed.ok) expect(parseAction(parsed.action)).toEqual(parsed);
      }),
    );
  });
});

describe('draftOf', () => {
  it.each(READ)('keeps $given.kind as plain JSON that reads as the same', ({ given, read }) => {
    const draft = draftOf(given);

    expect(JSON.parse(JSON.stringify(draft))).toEqual({ kind: given.kind, arguments: read });
    expect(specOf(JSON.parse(JSON.stringify(draft)))).toEqual({ kind: given.kind, ...read });
  });

  it('throws for what a flow must not plan, naming the member', () => {
    expect(() => draftOf({ kind: 'placeCall', to: '425' })).toThrow(/\/to: expected an E\.164 number/);
  });

  it('leaves out what is not set', () => {
    const draft = toDraft({ kind: 'addParticipants', participants: [USER], callerId: undefined });

    expect(Object.keys(draft.arguments)).toEqual(['participants']);
  });
});

describe('specOf', () => {
  it('reads no action of another shape, and takes no kind from the arguments', () => {
    expect(specOf({ kind: 'playAudio', arguments: { label: 'x' } })).toBeUndefined();
    expect(specOf({ kind: 'hangUp', arguments: { kind: 'endForAll' } })).toEqual({ kind: 'hangUp' });
  });
});
