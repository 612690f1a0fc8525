import { describe, expect, it } from 'vitest';
import { readConversationId, readParticipantId } from '../../../shared/http/conversation-id.ts';

const GUID = 'f8c3b2a0-5b8e-4f0a-9f5d-2a6e3d9b4c10';
/** In base64 with both of the letters that base64url has others for, and with padding. */
const ADDRESS = Buffer.from(
  'https://conv-uswe-09.conv.skype.com/conv/8UeGV9GrEKAywhe_pTuLA?i=3&e=6~~ÿþ',
).toString('base64');
const urlSafe = (id: string) => id.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
const whole = (id: string) => Buffer.from(id).toString('base64url');

describe('readConversationId', () => {
  it.each([
    { name: 'a GUID', segment: GUID, id: GUID },
    { name: 'a GUID in base64url', segment: whole(GUID), id: GUID },
    { name: 'an address in base64', segment: ADDRESS, id: ADDRESS },
    { name: 'an address in base64, percent-encoded', segment: encodeURIComponent(ADDRESS), id: ADDRESS },
    { name: 'an address in base64 as a whole in base64url', segment: whole(ADDRESS), id: ADDRESS },
    { name: 'any other id', segment: 'conversation-7', id: 'conversation-7' },
    { name: 'any other id, percent-encoded', segment: 'room%3A7', id: 'room:7' },
    { name: 'what only looks percent-encoded', segment: '100%', id: '100%' },
  ])('reads $name', ({ segment, id }) => {
    expect(readConversationId(segment)).toEqual({ ok: true, value: id });
  });

  it('reads an address with the letters of base64url, without its padding', () => {
    expect(readConversationId(urlSafe(ADDRESS))).toEqual({ ok: true, value: ADDRESS.replace(/=+$/, '') });
  });

  it.each(['', '..', '%2E%2E', 'a b', 'x'.repeat(1025)])('refuses %j', segment => {
    expect(readConversationId(segment)).toMatchObject({
      ok: false,
      problem: { status: 422, errors: [{ pointer: '/conversationId' }] },
    });
  });
});

describe('readParticipantId', () => {
  it.each([
    ['de7539f7-019e-4934-a4c9-9a770e5e07bb', 'de7539f7-019e-4934-a4c9-9a770e5e07bb'],
    ['8%3Aacs%3Aann', '8:acs:ann'],
  ])('reads %s', (segment, id) => {
    expect(readParticipantId(segment)).toEqual({ ok: true, value: id });
  });

  it('refuses what would name another resource', () => {
    expect(readParticipantId('..')).toMatchObject({ ok: false, problem: { status: 422 } });
  });
});
