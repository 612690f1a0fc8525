import type { CallEvent } from '../../shared/domain/call-event.ts';
import type { EventTime } from '../../shared/domain/event-time.ts';
import { readElements } from '../../shared/processing/read-elements.ts';
import { encodeCallEvents } from '../../shared/queues/call-events-message.ts';
import { atSecond } from './call-events.ts';
import {
  CALL_LEG_ID,
  CONVERSATION_ID,
  dtmfReceived,
  participantsUpdated,
  playAudioResult,
  stateChanged,
} from './preview-2021-04-elements.ts';

/** When every message of these tests says that its callback was received. */
export const RECEIVED_AT: EventTime = atSecond(600);

/** The elements of a short call: it rings, is answered, two take part, a key is pressed, it ends. */
export function nineElements(callLegId = CALL_LEG_ID): unknown[] {
  const elements = [
    stateChanged('Establishing', atSecond(0)),
    stateChanged('Established', atSecond(3), CONVERSATION_ID),
    participantsUpdated(['ann'], atSecond(4)),
    playAudioResult('Running', atSecond(5)),
    dtmfReceived(1, 'Tone1', atSecond(7)),
    playAudioResult('Completed', atSecond(9), { code: 200 }),
    participantsUpdated(['ann', 'ben muted'], atSecond(10)),
    stateChanged('Terminating', atSecond(20), CONVERSATION_ID),
    stateChanged('Terminated', atSecond(21), CONVERSATION_ID),
  ];
  return JSON.parse(JSON.stringify(elements).replaceAll(CALL_LEG_ID, callLegId)) as unknown[];
}

/** A snapshot of the roster with that many participants on it. */
export function rosterOf(participants: number, second: number, flags = ''): unknown {
  const names = Array.from({ length: participants }, (_, index) => `user-${index}${flags}`);
  return participantsUpdated(names, atSecond(second));
}

/** The events that the elements are, as the processor reads them. */
export function eventsOf(elements: readonly unknown[]): CallEvent[] {
  return [...readElements(messageOf('', elements)).events];
}

/** The text of a queue message with these elements; throws when they do not fit one. */
export function textOf(callKey: string, elements: readonly unknown[], attempt = 0): string {
  const { texts } = encodeCallEvents({ ...messageOf(callKey, elements), attempt });
  const [text] = texts;
  if (text === undefined || texts.length > 1) throw new Error('The elements do not fit one message.');
  return text;
}

function messageOf(callKey: string, elements: readonly unknown[]) {
  return { callKey, receivedAt: RECEIVED_AT, attempt: 0, traceparent: null, elements };
}
