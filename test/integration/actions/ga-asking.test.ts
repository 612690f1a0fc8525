import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { GaClient } from '../../../shared/actions/ga/ga-client.ts';
import { systemClock } from '../../../shared/clock.ts';
import { CALL_CONNECTION_ID } from '../../support/ga-actions.ts';
import { loadFixture } from '../../support/load-fixture.ts';
import { sendOf } from '../../support/preview-actions.ts';
import { type AcsScript, type ScriptedAcs, startScriptedAcs } from '../../support/scripted-acs.ts';

let acs: ScriptedAcs;
let client: GaClient;

beforeAll(async () => {
  acs = await startScriptedAcs();
});
afterAll(() => acs.close());
beforeEach(() => {
  acs.received.length = 0;
  const access = { endpoint: acs.endpoint, credential: { key: 'a2V5' }, timeoutMs: 300 };
  client = new GaClient(access, { clock: systemClock });
});
afterEach(() => client.close());

const CALL = { dialect: 'ga', wireId: CALL_CONNECTION_ID } as const;
const PHONE = { kind: 'phoneNumber', rawId: '4:+15550100', phoneNumber: { value: '+15550100' } };

const recorded = (name: string) => (loadFixture(`ga/rest/${name}.json`) as { response: AcsScript }).response;
const state = (callConnectionState: string): AcsScript => ({ status: 200, body: { callConnectionState } });

describe('GaClient.ask', () => {
  it.each<{ name: string; answer: AcsScript; said: string }>([
    { name: 'as recorded', answer: recorded('getProps'), said: 'open' },
    { name: 'connected', answer: state('connected'), said: 'open' },
    { name: 'transferring', answer: state('transferring'), said: 'open' },
    { name: 'disconnected', answer: state('disconnected'), said: 'gone' },
    { name: 'not found', answer: recorded('error.not-found'), said: 'gone' },
    { name: 'terminated', answer: recorded('error.call-terminated'), said: 'gone' },
    { name: 'throttled', answer: recorded('error.throttled'), said: 'noAnswer' },
    { name: 'not allowed', answer: recorded('error.unauthorized'), said: 'noAnswer' },
    { name: 'a fault', answer: recorded('error.server'), said: 'noAnswer' },
    { name: 'nothing in time', answer: 'say nothing', said: 'noAnswer' },
    { name: 'a dropped connection', answer: 'drop after reading', said: 'noAnswer' },
  ])('takes $name for $said', async ({ answer, said }) => {
    acs.answer = answer;

    expect(await client.ask(CALL)).toBe(said);
    expect(acs.received.map(({ method, url }) => `${method} ${url}`)).toEqual([
      `GET /calling/callConnections/${CALL_CONNECTION_ID}?api-version=2026-03-12`,
    ]);
  });

  it('cannot ask about a call of which ACS has told no id', async () => {
    expect(await client.ask({ dialect: 'event-grid', wireId: null })).toBe('cannotAsk');
    expect(acs.received).toHaveLength(0);
  });
});

describe('GaClient.rosterOf', () => {
  it('lists who is on the call as rosters name them', async () => {
    acs.answer = {
      status: 200,
      body: {
        value: [
          { identifier: PHONE, isMuted: true, isOnHold: true },
          {
            identifier: {
              kind: 'communicationUser',
              rawId: '8:acs:a_b',
              communicationUser: { id: '8:acs:a_b' },
            },
          },
        ],
      },
    };

    expect(await client.rosterOf(CALL)).toEqual([
      { rawId: '4:+15550100', participantId: null, isMuted: true, isOnHold: true },
      { rawId: '8:acs:a_b', participantId: null, isMuted: false },
    ]);
  });

  it.each<AcsScript>([recorded('error.not-found'), recorded('error.server'), 'drop after reading'])(
    'knows nothing where ACS does not say',
    async answer => {
      acs.answer = answer;

      expect(await client.rosterOf(CALL)).toBeUndefined();
    },
  );
});

describe('GaClient.perform, of several to add', () => {
  const add = (members = {}) =>
    sendOf(
      { kind: 'addParticipants', participants: ['+15550100', '+15550101', '+15550102'] },
      { ...CALL, ...members },
    );

  it('calls each with a request of its own', async () => {
    acs.answer = { status: 202, body: { invitationId: 'i' } };

    expect(await client.perform(add())).toEqual({
      kind: 'done',
      ids: { invitations: { '4:+15550100': 'i', '4:+15550101': 'i', '4:+15550102': 'i' } },
    });
    expect(acs.received).toHaveLength(3);
  });

  it('tells whom ACS refused, and calls the rest', async () => {
    acs.answerTo = ({ body }) =>
      body.includes('4:+15550101')
        ? { status: 400, body: { error: { code: '8523', message: 'm' } } }
        : { status: 202 };

    expect(await client.perform(add())).toMatchObject({
      kind: 'done',
      refused: [{ rawId: '4:+15550101', reason: expect.stringContaining('8523') as string }],
    });
    expect(acs.received).toHaveLength(3);
  });

  it('is refused where ACS refuses all', async () => {
    acs.answer = { status: 403, body: { error: { code: '7504', message: 'm' } } };

    expect(await client.perform(add())).toMatchObject({ kind: 'refused' });
  });

  it('keeps its request once somebody was called, since a new one would call them again', async () => {
    acs.answerTo = ({ body }) =>
      body.includes('4:+15550101') ? { status: 429, headers: { 'retry-after': '7' } } : { status: 202 };

    expect(await client.perform(add())).toMatchObject({ kind: 'unclear', retryAfterMs: 7_000 });
    expect(acs.received).toHaveLength(2);
  });

  it('may be another request while nobody was called', async () => {
    acs.answer = { status: 429 };

    expect(await client.perform(add())).toMatchObject({ kind: 'notNow' });
    expect(acs.received).toHaveLength(1);
  });
});
