import type { ActionRequest } from '../../shared/actions/provider.ts';
import { draftOf } from '../../shared/actions/vocabulary/action-draft.ts';
import type { ActionInput } from '../../shared/actions/vocabulary/action-schema.ts';
import { atSecond } from './call-events.ts';

/** The request that a recorded file has, and what ACS answers. */
export interface RecordedRequest {
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly query: { readonly 'api-version': string };
    readonly body: object | null;
  };
  readonly response: { readonly status: number; readonly body: object | null };
}

const USER = '8:acs:7c1f52d0-5b8e-4f0a-9f5d-2a6e3d9b4c10_0000001c-0000-4000-8000-00000000a001';
/** With what is special in a path. */
const CONVERSATION = 'aHR0cHM6Ly9jb252/LXVz+w==';

/** Every request of the preview: the action that leads to it, and the file that it must look like. */
export const PREVIEW_ACTIONS: readonly {
  readonly fixture: string;
  readonly action: ActionInput;
  /** Also the operationContext. */
  readonly actionId: string;
  readonly callKey: string;
}[] = [
  {
    fixture: 'createCall',
    action: {
      kind: 'placeCall',
      to: '+14255550142',
      from: USER,
      callerId: '+18335550100',
      subject: 'Appointment reminder',
    },
    actionId: 'place-1',
    callKey: 'k1',
  },
  { fixture: 'hangup', action: { kind: 'hangUp' }, actionId: 'hang-1', callKey: 'k1' },
  { fixture: 'deleteCall', action: { kind: 'endForAll' }, actionId: 'end-1', callKey: 'k1' },
  {
    fixture: 'playAudio',
    action: {
      kind: 'playAudio',
      audioFileUri: 'https://media.example.invalid/reminder.wav',
      loop: true,
      resourceId: 'reminder-v1',
    },
    actionId: 'play-welcome',
    callKey: 'k1',
  },
  { fixture: 'cancelMedia', action: { kind: 'cancelMedia' }, actionId: 'cancel-1', callKey: 'k1' },
  {
    fixture: 'inviteParticipants',
    action: { kind: 'addParticipants', participants: [USER, '+14255550177'], callerId: '+18335550100' },
    actionId: 'invite-agent',
    callKey: 'k1',
  },
  {
    fixture: 'removeParticipant',
    action: { kind: 'removeParticipant', participantId: 'de7539f7-019e-4934-a4c9-9a770e5e07bb' },
    actionId: 'remove-1',
    callKey: 'k1',
  },
  {
    fixture: 'conversation.join',
    action: {
      kind: 'joinCall',
      conversationId: CONVERSATION,
      from: USER,
      subject: 'Monitor',
      events: ['participantsUpdated'],
    },
    actionId: 'join-1',
    callKey: 'k2',
  },
  {
    fixture: 'conversation.inviteParticipants',
    action: { kind: 'addToConversation', conversationId: CONVERSATION, participants: [USER] },
    actionId: 'invite-2',
    callKey: 'k2',
  },
  {
    fixture: 'conversation.removeParticipant',
    action: { kind: 'removeFromConversation', conversationId: CONVERSATION, participantId: 'a/b' },
    actionId: 'remove-2',
    callKey: 'k2',
  },
];

/** Where the recorded files put the ids of the actions above. */
export const PATH_PARAMETERS: Readonly<Record<string, string>> = {
  '{callId}': 'leg-1',
  '{conversationId}': 'aHR0cHM6Ly9jb252%2FLXVz%2Bw%3D%3D',
};

/** The send of an action on the call `leg-1`. */
export function sendOf(
  action: ActionInput,
  members: Partial<Omit<ActionRequest, 'kind' | 'arguments'>> = {},
): ActionRequest {
  const callKey = members.callKey ?? 'k1';
  return {
    ...draftOf(action),
    actionId: 'action-1',
    callKey,
    dialect: 'preview-2021-04',
    wireId: 'leg-1',
    callbackUri: `https://func.example.invalid/api/callbacks/${callKey}?code=secret`,
    firstSentAt: atSecond(0),
    generation: 1,
    ...members,
  };
}
