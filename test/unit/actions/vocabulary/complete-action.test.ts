import { describe, expect, it } from 'vitest';
import type { ActionInput, ActionSpec } from '../../../../shared/actions/vocabulary/action-schema.ts';
import { completeAction } from '../../../../shared/actions/vocabulary/complete-action.ts';
import { parseAction } from '../../../../shared/actions/vocabulary/parse-action.ts';

const USER = '8:acs:a_b';
const DEFAULTS = { from: '8:acs:d_d', callerId: '4:+18335550100' };

function read(action: ActionInput): ActionSpec {
  const parsed = parseAction(action);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.action;
}

describe('completeAction', () => {
  it.each<{ name: string; given: ActionInput; filled: object }>([
    {
      name: 'both where a telephone is called',
      given: { kind: 'placeCall', to: [USER, '+14255550142'] },
      filled: { from: '8:acs:d_d', callerId: '4:+18335550100' },
    },
    {
      name: 'no caller id where none is called',
      given: { kind: 'placeCall', to: USER },
      filled: { from: '8:acs:d_d' },
    },
    {
      name: 'nothing that is set',
      given: { kind: 'placeCall', to: '+14255550142', from: USER, callerId: '+18335550101' },
      filled: { from: USER, callerId: '4:+18335550101' },
    },
    {
      name: 'who joins',
      given: { kind: 'joinCall', conversationId: 'g' },
      filled: { from: '8:acs:d_d' },
    },
    {
      name: 'the caller id of an invitation',
      given: { kind: 'addParticipants', participants: ['+14255550142'] },
      filled: { callerId: '4:+18335550100' },
    },
    {
      name: 'the caller id of an invitation to a conversation',
      given: { kind: 'addToConversation', conversationId: 'g', participants: ['+14255550142'] },
      filled: { callerId: '4:+18335550100' },
    },
    { name: 'nothing of a hang-up', given: { kind: 'hangUp' }, filled: {} },
  ])('fills in $name', ({ given, filled }) => {
    expect(completeAction(read(given), DEFAULTS, { dialect: 'preview-2021-04' })).toEqual({
      ok: true,
      action: { ...read(given), ...filled },
    });
  });

  it.each<{ name: string; given: ActionInput; filled: object }>([
    {
      name: 'what speaks, and no caller, where a call is placed',
      given: { kind: 'placeCall', to: '+14255550142' },
      filled: { callerId: '4:+18335550100', cognitiveServicesEndpoint: 'https://speech.example.com' },
    },
    {
      name: 'what speaks where a call is answered',
      given: { kind: 'answerCall', incomingCallContext: 'c' },
      filled: { cognitiveServicesEndpoint: 'https://speech.example.com' },
    },
    {
      name: 'no caller who joins',
      given: { kind: 'joinCall', conversationId: 'g' },
      filled: {
        cognitiveServicesEndpoint: 'https://speech.example.com',
      },
    },
    { name: 'nothing of a transfer', given: { kind: 'transferCall', to: '+14255550142' }, filled: {} },
  ])('fills in, on GA, $name', ({ given, filled }) => {
    const defaults = { ...DEFAULTS, cognitiveServicesEndpoint: 'https://speech.example.com' };

    expect(completeAction(read(given), defaults, { dialect: 'ga' })).toEqual({
      ok: true,
      action: { ...read(given), ...filled },
    });
    if (given.kind !== 'placeCall') expect(completeAction(read(given), {}, { dialect: 'ga' }).ok).toBe(true);
  });

  it.each<{ name: string; given: ActionInput; pointers: string[] }>([
    {
      name: 'neither',
      given: { kind: 'placeCall', to: '+14255550142' },
      pointers: ['/action/from', '/action/callerId'],
    },
    { name: 'who calls', given: { kind: 'placeCall', to: USER }, pointers: ['/action/from'] },
    {
      name: 'a caller id',
      given: { kind: 'addParticipants', participants: ['+14255550142'] },
      pointers: ['/action/callerId'],
    },
  ])('names the setting where there is $name, with an example', ({ given, pointers }) => {
    const completed = completeAction(read(given), {}, { dialect: 'preview-2021-04', pointer: '/action' });

    const faults = completed.ok ? [] : completed.faults;
    expect(faults.map(({ pointer }) => pointer)).toEqual(pointers);
    for (const { detail } of faults)
      expect(detail).toMatch(/such as .*the setting (ACS_SOURCE_USER|CALLER_ID)/);
  });
});
