import { randomInt, randomUUID } from 'node:crypto';
import { fixtureNames, loadFixture } from './load-fixture.ts';
import { element } from './preview-2021-04-elements.ts';

/** An event as ACS sends it. */
export type WireEvent = Record<string, unknown> & { readonly eventType: string; readonly eventTime: string };

/** A call leg's id that no other test and no other run has. */
export function freshCallLegId(): string {
  return randomUUID();
}

/** A call's key that no other test and no other run has. */
export function freshCallKey(): string {
  return `c${randomUUID().replaceAll('-', '')}`;
}

/** A moment in a past that no other test, and hardly another run, has its calls in. */
export function freshMoment(): Date {
  return new Date(Date.UTC(2001, 0, 1) + randomInt(18 * 365 * 24 * 3600) * 1000);
}

/** The fixtures of the call 481f3600 in the order of their times, moved to another call leg. */
export function fixtureCall(callLegId: string): WireEvent[] {
  const folder = 'preview-2021-04/call-481f3600';
  const events = fixtureNames(folder).map(name =>
    moved(loadFixture(`${folder}/${name}`), '481f3600-f022-4643-a274-7a0270de061d', callLegId),
  );
  return events.toSorted((a, b) => (a.eventTime < b.eventTime ? -1 : 1));
}

/** One of the seed's events, moved to another call leg. */
export function seedEvent(name: string, callLegId: string): WireEvent {
  const event = loadFixture(`preview-2021-04/seed/${name}.json`);
  const { subject } = event as { readonly subject: string };
  return moved(event, subject.split('/')[1] ?? '', callLegId);
}

/** The callback of a fixture of GA or of a later preview, moved to another call connection. */
export function callbackOf(fixture: string, callConnectionId: string): unknown[] {
  const body = loadFixture(`${fixture}.json`);
  return moved(body, '3f0a1b00-679a-48d6-862d-f7613c885858', callConnectionId) as unknown as unknown[];
}

/** A delivery of Event Grid as a fixture has it, about another server call. */
export function eventGridDelivery(name: string, serverCallId: string): unknown {
  return moved(loadFixture(`event-grid/${name}.json`), SERVER_CALL_ID, serverCallId);
}

/** The server call of all fixtures. */
export const SERVER_CALL_ID =
  'aHR0cHM6Ly9jb252LWtvY2UtMDIuY29udi5leGFtcGxlLmludmFsaWQvY29udi9KVTBwRE5Wb2N4dzN1a1VRUEJiQ0xRP2k9MTAtNjAtMi0xNCZlPTYzODQxMjM0NTY3ODkwMTIzNA';

/** A key pressed at a second of an hour. */
export function tonePressed(callLegId: string, sequenceId: number, at: Date = freshMoment()): WireEvent {
  const data = { ToneInfo: { SequenceId: sequenceId, Tone: `Tone${sequenceId % 10}` } };
  return element('DtmfReceived', data, { callLegId, eventTime: at.toISOString() });
}

/** A call leg that reached a state. */
export function stateReached(callLegId: string, state: string, at: Date): WireEvent {
  const data = { ConversationId: null, CallState: state };
  return element('CallLegStateChanged', data, { callLegId, eventTime: at.toISOString() });
}

/** An event of a kind that Ringback knows, and that lacks what it must have. */
export function malformedEvent(callLegId: string): WireEvent {
  return element('DtmfReceived', { ToneInfo: { SequenceId: 'first', Tone: 'Tone1' } }, { callLegId });
}

function moved(event: unknown, from: string, to: string): WireEvent {
  return JSON.parse(JSON.stringify(event).replaceAll(from, to)) as WireEvent;
}
