import type { Call } from '../shared/domain/call.ts';
import type { CallEvent } from '../shared/domain/call-event.ts';
import { reduceCall } from '../shared/domain/reduce-call.ts';
import { readElements } from '../shared/processing/read-elements.ts';

/** A call of nine events, as the 2021-04 preview tells it: the unit that all measures are about. */
export interface ReferenceCall {
  readonly callKey: string;
  /** In the order in which they happened. */
  readonly elements: readonly object[];
}

/** When the bench's callbacks were received: it is no part of what is known about a call. */
export const RECEIVED_AT = '2021-05-20T01:20:00.0000000Z';

/**
 * The given number of calls: rung, answered, two on the roster, a prompt played, two keys pressed, one muted, hung up.
 * About 480 bytes an event, as captured ones have.
 */
export function referenceCalls(count: number): ReferenceCall[] {
  return Array.from({ length: count }, (_, index) => referenceCall(index));
}

/** The events of a call as the pipeline reads them. */
export function eventsOf({ callKey, elements }: ReferenceCall): readonly CallEvent[] {
  const message = { callKey, receivedAt: RECEIVED_AT, attempt: 0, traceparent: null, elements };
  return readElements(message).events;
}

/** What must be known of a call in the end: its events, one after the other, each once. */
export function foldOf(call: ReferenceCall): Call {
  let folded: Call | undefined;
  for (const event of eventsOf(call)) folded = reduceCall(folded, event, call.callKey).call;
  if (folded === undefined) throw new Error('A reference call has events.');
  return folded;
}

function referenceCall(index: number): ReferenceCall {
  const callLegId = `481f3600-f022-4643-a274-${index.toString(16).padStart(12, '0')}`;
  const conversation = { ConversationId: `${CONVERSATION}${index}` };
  const operation = { OperationContext: `9915c45e-aa18-4ee2-afb4-${index.toString(16).padStart(12, '0')}` };
  const steps: readonly [type: string, data: object][] = [
    ['CallLegStateChanged', { CallState: 'Establishing', ConversationId: null }],
    ['CallLegStateChanged', { CallState: 'Established', ...conversation }],
    ['ParticipantsUpdated', { Participants: participants(index, false) }],
    ['PlayAudioResult', { ...operation, Status: 'Running', ResultInfo: null }],
    ['DtmfReceived', { ToneInfo: { SequenceId: 1, Tone: 'Tone1' } }],
    ['ParticipantsUpdated', { Participants: participants(index, true) }],
    ['DtmfReceived', { ToneInfo: { SequenceId: 2, Tone: 'Pound' } }],
    ['PlayAudioResult', { ...operation, Status: 'Completed', ResultInfo: PLAYED }],
    ['CallLegStateChanged', { CallState: 'Terminated', ...conversation }],
  ];
  const elements = steps.map(([type, data], second) => ({
    id: null,
    topic: null,
    subject: `callLeg/${callLegId}/${type}`,
    data: { ...data, CallLegId: callLegId },
    eventType: `Microsoft.Communication.${type}`,
    eventTime: `2021-05-20T01:14:${14 + second}.8710282Z`,
    metadataVersion: null,
    dataVersion: null,
  }));
  return { callKey: `c${index.toString(32).padStart(26, '0')}`, elements };
}

const CONVERSATION = 'aHR0cHM6Ly9jb252LWV4YW1wbGUuaW52YWxpZC9jb252L0pVMHBETlZvY3h3M3VrVVFQQmJDTFE';
const PLAYED = { Code: 200, Subcode: 0, Message: 'Action completed successfully.' };

function participants(index: number, isMuted: boolean): object[] {
  const user = `8:acs:7c1f52d0-5b8e-4f0a-9f5d-2a6e3d9b4c10_${index.toString(16).padStart(12, '0')}`;
  const number = `+1425555${String(index % 10_000).padStart(4, '0')}`;
  return [
    {
      Identifier: {
        RawId: user,
        CommunicationUser: { Id: user },
        PhoneNumber: null,
        MicrosoftTeamsUser: null,
      },
      ParticipantId: `1d558390-1937-4deb-887a-${index.toString(16).padStart(12, '0')}`,
      IsMuted: isMuted,
    },
    {
      Identifier: {
        RawId: `4:${number}`,
        CommunicationUser: null,
        PhoneNumber: { Value: number },
        MicrosoftTeamsUser: null,
      },
      ParticipantId: `45fb4a44-a456-4e5c-8908-${index.toString(16).padStart(12, '0')}`,
      IsMuted: false,
    },
  ];
}
