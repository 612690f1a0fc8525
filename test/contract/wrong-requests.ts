import { randomUUID } from 'node:crypto';

/** Who calls. */
export const USER = '8:acs:7c1f52d0-5b8e-4f0a-9f5d-2a6e3d9b4c10_0000001c-0000-4000-8000-00000000a001';
const FROM = { from: USER, callerId: '+18335550100' };

/** What asks for something to be done, without its body. */
export const ROUTES = [
  { name: 'POST /api/calls', path: '/api/calls' },
  { name: 'POST /api/calls/{callKey}/actions', path: '/api/calls/none/actions' },
  { name: 'POST /api/conversations/{id}/join', path: `/api/conversations/${randomUUID()}/join` },
  {
    name: 'POST /api/conversations/{id}/participants',
    path: `/api/conversations/${randomUUID()}/participants`,
  },
] as const;

/** Bodies that no route takes, and how each is answered. */
export const WRONG_BODIES = [
  ['is no JSON', { body: 'hello' }, 400, 'invalid-json'],
  ['is empty', { body: '' }, 400, 'empty-body'],
  ['is text', { body: '{}', headers: { 'content-type': 'text/plain' } }, 415, 'unsupported-media-type'],
  ['is larger than 256 KiB', { body: `"${'x'.repeat(262_143)}"` }, 413, 'too-large'],
  [
    'has a key that cannot be one',
    { body: '{}', headers: { 'idempotency-key': 'a b' } },
    400,
    'invalid-idempotency-key',
  ],
] as const;

/** Bodies with a fault in one member: where it is, and what is told of what would be right. */
export const WRONG_MEMBERS = [
  { name: 'nobody to call', path: '/api/calls', body: FROM, at: '/to', example: /such as \+1/ },
  {
    name: 'no E.164 number',
    path: '/api/calls',
    body: { ...FROM, to: '0425550142' },
    at: '/to',
    example: /such as \+1/,
  },
  {
    name: 'a wrong number among others',
    path: '/api/calls',
    body: { ...FROM, to: [USER, '+1 425'] },
    at: '/to/1',
    example: /such as \+1/,
  },
  {
    name: 'nobody in a list',
    path: '/api/calls',
    body: { ...FROM, to: [] },
    at: '/to',
    example: /such as \+1/,
  },
  {
    name: 'a caller who is no user',
    path: '/api/calls',
    body: { ...FROM, to: USER, from: '+18335550100' },
    at: '/from',
    example: /such as 8:acs:/,
  },
  {
    name: 'a caller id that is no number',
    path: '/api/calls',
    body: { ...FROM, to: USER, callerId: USER },
    at: '/callerId',
    example: /such as \+1/,
  },
  {
    name: 'a member that is unknown',
    path: '/api/calls',
    body: { ...FROM, to: USER, too: USER },
    at: '/too',
    example: /no member of this name/,
  },
  {
    name: 'an unknown flow',
    path: '/api/calls',
    body: { ...FROM, to: USER, flow: { name: 'none' } },
    at: '/flow/name',
    example: /appointment-reminder/,
  },
  {
    name: 'no object',
    path: '/api/calls',
    body: [],
    at: '',
    example: /^expected an object, such as \{"to":/,
  },
  {
    name: 'no object for a flow',
    path: '/api/calls',
    body: { ...FROM, to: USER, flow: 'conversation-monitor' },
    at: '/flow',
    example: /^expected a flow .*such as/,
  },
  {
    name: 'a dialect that is only read',
    path: '/api/calls',
    body: { ...FROM, to: USER, dialect: 'preview-2021-08' },
    at: '/dialect',
    example: /^expected one of .*preview-2021-04/,
  },
  {
    name: 'a dialect in which nothing can be asked',
    path: '/api/calls',
    body: { ...FROM, to: USER, dialect: 'event-grid' },
    at: '/dialect',
    example: /^expected one of .*preview-2021-04/,
  },
  {
    name: 'an identity that is none',
    path: '/api/conversations/{guid}/participants',
    body: { participants: ['ann'] },
    at: '/participants/0',
    example: /such as \+1/,
  },
  {
    name: 'a subject in two lines',
    path: '/api/conversations/{guid}/join',
    body: { from: USER, subject: 'a\nb' },
    at: '/subject',
    example: /such as Appointment/,
  },
  {
    name: 'dots for a conversation',
    path: '/api/conversations/%252e%252e/join',
    body: { from: USER },
    at: '/conversationId',
    example: /such as [0-9a-f-]{36}/,
  },
  {
    name: 'no object for an action',
    path: '{call}/actions',
    body: 'hangUp',
    at: '',
    example: /^expected an object, such as \{"kind":"hangUp"\}/,
  },
  {
    name: 'a kind that is none',
    path: '{call}/actions',
    body: { kind: 'sing' },
    at: '/kind',
    example: /hangUp/,
  },
  { name: 'no kind', path: '{call}/actions', body: {}, at: '/kind', example: /hangUp/ },
  {
    name: 'a kind with a route of its own',
    path: '{call}/actions',
    body: { kind: 'placeCall', to: USER, from: USER },
    at: '/kind',
    example: /such as hangUp/,
  },
  {
    name: 'a file that is no web address',
    path: '{call}/actions',
    body: { kind: 'playAudio', audioFileUri: 'file:///a.wav' },
    at: '/audioFileUri',
    example: /such as https:/,
  },
  {
    name: 'nobody to remove',
    path: '{call}/actions',
    body: { kind: 'removeParticipant' },
    at: '/participantId',
    example: /such as [0-9a-f-]{36}/,
  },
  {
    name: 'a member of another kind',
    path: '{call}/actions',
    body: { kind: 'hangUp', loop: true },
    at: '/loop',
    example: /no member of this name/,
  },
] as const;
