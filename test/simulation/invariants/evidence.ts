import { dialectOf } from '../../../shared/dialects/dialects.ts';
import { fingerprintOf } from '../../../shared/dialects/fingerprint.ts';
import type { CallEvent } from '../../../shared/domain/call-event.ts';
import { callKeyOf } from '../../../shared/ids/call-key.ts';
import { readElements } from '../../../shared/processing/read-elements.ts';
import { decodeCallEvents } from '../../../shared/queues/call-events-message.ts';
import { type CallHead, decodeHead } from '../../../shared/store/call-head.ts';
import { decodeText } from '../../../shared/store/document.ts';
import { HEAD_ROW } from '../../../shared/store/keys.ts';
import type { StoredRow } from '../../../shared/store/table.ts';
import { erasedAtOf } from '../../../shared/store/tombstone.ts';
import type { Observer } from '../observer.ts';
import type { World } from '../world.ts';
import { JournalEvidence } from './journal-evidence.ts';

/** A call that was erased. */
export interface ErasedCall {
  /** The last head of it. */
  readonly last: Pick<CallHead, 'call'>;
  readonly rowsLeft: number;
}

/** What was sent of one call, and what is stored of it. */
export interface CallEvidence {
  readonly callKey: string;
  /** Undefined as well for a call that is erased. */
  readonly head: CallHead | undefined;
  readonly erased: ErasedCall | undefined;
  /** In the order of application. */
  readonly journal: readonly JournalEvidence[];
  /** Events that were sent, by fingerprint. */
  readonly sent: ReadonlyMap<string, CallEvent>;
  /** The elements that these events are read from, as they were sent. */
  readonly elements: ReadonlyMap<string, object>;
  /** Fingerprints of what was answered with 200. */
  readonly accepted: ReadonlySet<string>;
  /** Elements that are no event, which were answered with 200. */
  readonly malformed: readonly string[];
}

/** What a history left behind. */
export interface Evidence {
  readonly calls: readonly CallEvidence[];
  /** Fingerprints of the events that are parked, alone or in a message. */
  readonly parkedEvents: ReadonlySet<string>;
  /** Texts of the elements that are parked. */
  readonly parkedTexts: ReadonlySet<string>;
  readonly index: readonly StoredRow[];
}

const ENVELOPE = { callKey: '', receivedAt: '2021-05-05T20:00:00.0000000Z', attempt: 0, traceparent: null };

/** Reads all of it past the simulation. */
export function gatherEvidence(world: World): Evidence {
  const { calls, index, parked } = world.tables;
  const stored = Map.groupBy(calls.all(), row => row.partitionKey);
  const sent = sentByCall(world);
  const callKeys = new Set([...sent.keys(), ...stored.keys()]);
  return {
    calls: [...callKeys].map(callKey => ({
      ...callEvidence(callKey, sent.get(callKey) ?? nothingSent(), stored.get(callKey) ?? []),
      erased: erasedCall(world, callKey, stored.get(callKey) ?? []),
    })),
    ...readParked(parked.all(), poisonTexts(world)),
    index: index.all(),
  };
}

interface Sent {
  readonly events: Map<string, CallEvent>;
  readonly elements: Map<string, object>;
  readonly accepted: Set<string>;
  readonly malformed: string[];
}

function nothingSent(): Sent {
  return { events: new Map(), elements: new Map(), accepted: new Set(), malformed: [] };
}

function sentByCall({ environment, observer }: World): Map<string, Sent> {
  const byCall = new Map<string, Sent>();
  const all = [...environment.sent.values()];
  const read = readElements({ ...ENVELOPE, elements: all.map(({ element }) => element) });
  const malformed = new Set(read.unreadable.map(({ element }) => element));
  const events = read.events.values();
  for (const { callKey, element, text, isAccepted } of all) {
    const event = malformed.has(element) ? undefined : events.next().value;
    const key = callKey ?? (event?.wireId == null ? '' : callKeyOf(event.wireId));
    const sent: Sent = byCall.get(key) ?? nothingSent();
    byCall.set(key, sent);
    if (event === undefined) {
      if (isAccepted) sent.malformed.push(text);
      continue;
    }
    noteEvent(sent, event, observer);
    sent.elements.set(event.fingerprint, element);
    if (isAccepted) sent.accepted.add(event.fingerprint);
  }
  return byCall;
}

/** Two events that were sent as two must not be taken for one, unless the sender gave them one id. */
function noteEvent({ events }: Sent, event: CallEvent, observer: Observer): void {
  const known = events.get(event.fingerprint);
  if (known !== undefined) {
    observer.violate('I1', `two events of the type ${event.type} have one fingerprint, and count as one`);
  }
  events.set(event.fingerprint, event);
}

function erasedCall(world: World, callKey: string, rows: readonly StoredRow[]): ErasedCall | undefined {
  const tombstone = rows.find(({ rowKey }) => rowKey === HEAD_ROW);
  if (tombstone === undefined || erasedAtOf(tombstone) === undefined) return undefined;
  const { document = '' } = world.observer.heads.findLast(head => head.callKey === callKey) ?? {};
  return { last: JSON.parse(document) as Pick<CallHead, 'call'>, rowsLeft: rows.length - 1 };
}

function callEvidence(
  callKey: string,
  { events, ...sent }: Sent,
  rows: readonly StoredRow[],
): Omit<CallEvidence, 'erased'> {
  const head = rows.find(row => row.rowKey === HEAD_ROW && erasedAtOf(row) === undefined);
  const journal = rows.filter(({ rowKey }) => rowKey.startsWith('j~')).map(row => new JournalEvidence(row));
  return {
    callKey,
    head: head === undefined ? undefined : decodeHead(head),
    journal: journal.sort((a, b) => a.number - b.number),
    sent: events,
    ...sent,
  };
}

/** What the host gave up on waits for the sweep to park it, which does not run in every history. */
function poisonTexts({ queues }: World): readonly string[] {
  return queues.callEventsPoison.texts;
}

function readParked(
  rows: readonly StoredRow[],
  poisoned: readonly string[],
): Pick<Evidence, 'parkedEvents' | 'parkedTexts'> {
  const parkedEvents = new Set<string>();
  const parkedTexts = new Set<string>();
  const note = (elements: readonly unknown[]) => {
    for (const element of elements) {
      const read = dialectOf(element)?.read(element);
      if (read?.ok === true) parkedEvents.add(fingerprintOf(read.event));
      else parkedTexts.add(JSON.stringify(element));
    }
  };
  for (const text of poisoned) note(decodeCallEvents(text)?.elements ?? []);
  for (const row of rows) {
    const text = decodeText(row.values);
    parkedTexts.add(text);
    note(row.values['kind'] === 'element' ? [JSON.parse(text)] : (decodeCallEvents(text)?.elements ?? []));
  }
  return { parkedEvents, parkedTexts };
}
