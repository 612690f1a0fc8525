import { AGENT, CALLEE, done, type Golden, result, SERVER_CALL } from './golden.ts';

const CAMPAIGN = 'camp-2026-03-18:contact-0042:attempt-1';

const onCallee = { rawId: CALLEE, participantId: null, isMuted: false };
const onAgent = { rawId: AGENT, participantId: null, isMuted: false };

/** What the fixtures about calls and participants say, by hand. */
export const EXPECTED_OF_CALLS: Readonly<Record<string, Golden>> = {
  'CallConnected.json': {
    id: 'ead49b3e-be31-45d8-8cef-34b0cca0d54b',
    at: '00:05:00.7310613',
    payload: { type: 'call.connected', conversationId: SERVER_CALL },
  },
  'CallDisconnected.normal.json': {
    id: '3a87d7a0-a3c0-478b-995b-749a00bbc124',
    at: '00:05:01.4621226',
    payload: {
      type: 'call.disconnected',
      conversationId: SERVER_CALL,
      wasConnected: false,
      reason: result(200, 560000, 'The conversation has ended. DiagCode: 0#560000.@'),
    },
  },
  'CallDisconnected.byApp.json': {
    id: '8c3bfb42-bc70-4431-b361-8823786fab52',
    at: '00:05:02.1931839',
    payload: {
      type: 'call.disconnected',
      conversationId: SERVER_CALL,
      wasConnected: false,
      reason: result(200, 7000, 'The call was ended by the application. DiagCode: 0#7000.@'),
    },
  },
  'CreateCallFailed.busy.json': {
    id: 'c1108f17-2e64-4ead-b7da-8410e0456c42',
    at: '00:05:03.6553065',
    payload: {
      type: 'call.failed',
      stage: 'create',
      operationContext: CAMPAIGN,
      conversationId: SERVER_CALL,
      reason: {
        ...result(486, 560486, 'The called number was busy. DiagCode: 486#560486.@'),
        sipCode: 486,
        q850Code: 17,
      },
    },
  },
  'AnswerFailed.json': {
    id: '24924b52-5506-4b30-9834-41b54164433b',
    at: '00:05:05.1174291',
    payload: {
      type: 'call.failed',
      stage: 'answer',
      operationContext: 'answer-1',
      conversationId: SERVER_CALL,
      reason: result(404, 8522, 'The incoming call no longer exists.'),
    },
  },
  'AnswerCallFailed.json': {
    id: 'b24eb412-dfcf-42e9-a66b-d141f165dfbd',
    at: '00:05:42.3985557',
    payload: {
      type: 'call.failed',
      stage: 'answer',
      operationContext: 'answer-1',
      conversationId: SERVER_CALL,
      reason: result(404, 8522, 'The incoming call no longer exists.'),
    },
  },
  'ConnectFailed.json': {
    id: 'eb81fbba-bda6-499b-899a-0da52d0a4848',
    at: '00:05:05.8484904',
    payload: {
      type: 'call.failed',
      stage: 'connect',
      operationContext: 'connect-1',
      conversationId: SERVER_CALL,
      reason: result(404, 8543, 'The call to connect to does not exist.'),
    },
  },
  'CallTransferAccepted.json': {
    id: '638f192f-32b6-4a77-ae89-cd42e4223670',
    at: '00:05:06.5795517',
    payload: {
      type: 'transfer.accepted',
      operationContext: 'transfer-1',
      result: result(202, 0, 'The transfer was accepted.'),
      participants: [AGENT],
      details: { transferee: CALLEE },
    },
  },
  'CallTransferFailed.json': {
    id: '3b774153-d800-4e5b-8b1d-e0e0fea7e7c6',
    at: '00:05:07.3106130',
    payload: {
      type: 'transfer.failed',
      operationContext: 'transfer-1',
      result: result(603, 8538, 'The transfer target declined.'),
    },
  },
  'AddParticipantSucceeded.json': {
    id: 'ce8197f3-571f-4640-9101-b83ac8f2d3a5',
    at: '00:05:08.0416743',
    payload: {
      type: 'participant.addSucceeded',
      operationContext: 'add-agent',
      result: done,
      participants: [AGENT],
    },
  },
  'AddParticipantFailed.json': {
    id: '1fbe000d-8185-48af-b9e9-8593f765bd37',
    at: '00:05:08.7727356',
    payload: {
      type: 'participant.addFailed',
      operationContext: 'add-agent',
      result: result(480, 10037, 'The target has no registered endpoint. DiagCode: 480#10037.@'),
      participants: [AGENT],
    },
  },
  'RemoveParticipantSucceeded.json': {
    id: '169af6f8-c99c-4783-83fc-af07ba2685a0',
    at: '00:05:09.5037969',
    payload: {
      type: 'participant.removeSucceeded',
      operationContext: 'remove-agent',
      result: done,
      participants: [AGENT],
    },
  },
  'RemoveParticipantFailed.json': {
    id: '5a640fc7-4d52-41c5-827c-12b5368873f1',
    at: '00:05:10.2348582',
    payload: {
      type: 'participant.removeFailed',
      operationContext: 'remove-agent',
      result: result(404, 8522, 'The participant is not in the call.'),
      participants: [AGENT],
    },
  },
  'CancelAddParticipantSucceeded.json': {
    id: '7858c588-f474-439d-85b3-0b61e141821b',
    at: '00:05:10.9659195',
    payload: {
      type: 'participant.addCancelSucceeded',
      operationContext: 'cancel-add',
      result: done,
      details: { invitationId: 'a8336a6f-f571-4c52-b44e-c022f43caae1' },
    },
  },
  'CancelAddParticipantFailed.json': {
    id: 'e2b30056-a5b8-4079-ad0c-4a83a1d7439a',
    at: '00:05:11.6969808',
    payload: {
      type: 'participant.addCancelFailed',
      operationContext: 'cancel-add',
      result: result(409, 8519, 'The invitation was already accepted.'),
      details: { invitationId: 'a8336a6f-f571-4c52-b44e-c022f43caae1' },
    },
  },
  'MoveParticipantSucceeded.json': {
    id: 'b88cc2b4-fdc1-4785-8635-7857b97befc4',
    at: '00:05:12.4270422',
    payload: {
      type: 'participant.moveSucceeded',
      operationContext: 'move-1',
      result: done,
      participants: [CALLEE],
      details: { fromCall: '201a26de-b7ba-4584-81aa-773e3fb81912' },
    },
  },
  'MoveParticipantFailed.json': {
    id: 'b461f1cf-4552-4454-bd35-7f093fb85967',
    at: '00:05:13.1581035',
    payload: {
      type: 'participant.moveFailed',
      operationContext: 'move-1',
      result: result(404, 8522, 'The participant is not in the source call.'),
      participants: [CALLEE],
      details: { fromCall: '201a26de-b7ba-4584-81aa-773e3fb81912' },
    },
  },
  'ParticipantsUpdated.seq1.json': {
    id: '897a57e3-713e-4a5f-bf14-31336d68cc0c',
    at: '00:05:13.8891648',
    payload: { type: 'roster.snapshot', sequenceNumber: 1, participants: [onCallee] },
  },
  'ParticipantsUpdated.seq2.json': {
    id: 'b7bba0ee-ff31-451f-a25b-d4a6834318df',
    at: '00:05:14.6202261',
    payload: { type: 'roster.snapshot', sequenceNumber: 2, participants: [onCallee, onAgent] },
  },
  'ParticipantsUpdated.seq3.json': {
    id: 'ef1cb5ab-e99a-407f-99d1-c16370b05e17',
    at: '00:05:15.3512874',
    payload: {
      type: 'roster.snapshot',
      sequenceNumber: 3,
      participants: [
        { ...onCallee, isMuted: true },
        { ...onAgent, isOnHold: true },
      ],
    },
  },
};
