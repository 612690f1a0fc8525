import { describe, expect, it } from 'vitest';
import { toIdentifier } from '../../../../shared/actions/preview-2021-04/identifiers.ts';
import { toRequest } from '../../../../shared/actions/preview-2021-04/to-request.ts';
import { fixtureNames, loadFixture } from '../../../support/load-fixture.ts';
import {
  PATH_PARAMETERS,
  PREVIEW_ACTIONS,
  type RecordedRequest,
  sendOf,
} from '../../../support/preview-actions.ts';

const FOLDER = 'preview-2021-04/rest';

function recorded(name: string): RecordedRequest {
  return loadFixture(`${FOLDER}/${name}.json`) as RecordedRequest;
}

function pathOf(path: string, participantId: string): string {
  let filled = path.replace('{participantId}', encodeURIComponent(participantId));
  for (const [name, value] of Object.entries(PATH_PARAMETERS)) filled = filled.replace(name, value);
  return filled;
}

describe('toRequest', () => {
  it('is tried with every recorded request', () => {
    const files = fixtureNames(FOLDER).map(name => name.replace('.json', ''));

    expect(PREVIEW_ACTIONS.map(({ fixture }) => fixture).toSorted()).toEqual(
      files.filter(name => name !== 'error'),
    );
  });

  it.each(PREVIEW_ACTIONS)('makes $fixture, byte for byte', ({ fixture, action, actionId, callKey }) => {
    const { request } = recorded(fixture);
    const apiVersion = request.query['api-version'];
    const { participantId = '' } = action as { participantId?: string };

    const made = toRequest(sendOf(action, { actionId, callKey }), apiVersion);

    expect(made).toEqual({
      kind: 'request',
      request: {
        method: request.method,
        path: pathOf(request.path, participantId),
        apiVersion,
        body: request.body === null ? undefined : JSON.stringify(request.body),
      },
    });
  });

  it('cancels media without a body on the versions before 2021-05-28-preview2', () => {
    expect(toRequest(sendOf({ kind: 'cancelMedia' }), '2021-04-15-preview1')).toEqual({
      kind: 'request',
      request: {
        method: 'POST',
        path: '/calling/calls/leg-1/CancelMediaOperations',
        apiVersion: '2021-04-15-preview1',
        body: undefined,
      },
    });
  });

  it('leaves out what is not set', () => {
    const made = toRequest(sendOf({ kind: 'placeCall', to: '8:acs:a', from: '8:acs:b' }), 'v');

    expect(made.kind === 'request' && Object.keys(JSON.parse(made.request.body ?? ''))).toEqual([
      'source',
      'targets',
      'callbackUri',
      'requestedModalities',
      'requestedCallEvents',
    ]);
  });

  it.each(['hangUp', 'endForAll', 'cancelMedia'] as const)(
    'has no request for %s before ACS has told the id of the call',
    kind => {
      expect(toRequest(sendOf({ kind }, { wireId: null }), 'v')).toMatchObject({ kind: 'notNow' });
    },
  );

  it.each([
    { kind: 'placeCall', to: '8:acs:a', from: '8:acs:b' } as const,
    { kind: 'joinCall', conversationId: 'g', from: '8:acs:b' } as const,
  ])('refuses $kind where ACS could not tell of the call', action => {
    expect(toRequest(sendOf(action, { callbackUri: null }), 'v')).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('CALLBACK_SECRET') as string,
    });
  });

  it('refuses arguments that it cannot read', () => {
    const action = { ...sendOf({ kind: 'hangUp' }), kind: 'playAudio' as const };

    expect(toRequest(action, 'v')).toMatchObject({ kind: 'refused' });
  });
});

describe('toIdentifier', () => {
  it.each([
    ['4:+14255550142', { phoneNumber: { value: '+14255550142' } }],
    ['8:acs:a_b', { communicationUser: { id: '8:acs:a_b' } }],
    ['8:gcch-acs:a_b', { communicationUser: { id: '8:gcch-acs:a_b' } }],
    ['8:orgid:u', { microsoftTeamsUser: { userId: 'u', isAnonymous: false, cloud: 'public' } }],
    ['8:dod:u', { microsoftTeamsUser: { userId: 'u', isAnonymous: false, cloud: 'dod' } }],
    ['8:gcch:u', { microsoftTeamsUser: { userId: 'u', isAnonymous: false, cloud: 'gcch' } }],
    ['8:teamsvisitor:u', { microsoftTeamsUser: { userId: 'u', isAnonymous: true, cloud: 'public' } }],
  ])('names %s', (rawId, identifier) => {
    expect(toIdentifier(rawId)).toEqual(identifier);
  });
});
