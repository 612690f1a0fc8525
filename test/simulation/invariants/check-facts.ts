import type { Call } from '../../../shared/domain/call.ts';
import type { CallEvidence } from './evidence.ts';

/** An element of the 2021-04 preview, with what the generated ones can have. */
interface WireElement {
  readonly eventType: string;
  readonly eventTime: string;
  readonly data: {
    readonly CallState?: string;
    readonly ToneInfo?: { readonly SequenceId: number; readonly Tone: string };
    readonly Participants?: readonly object[];
    readonly Status?: string;
    readonly OperationContext?: string | null;
    readonly RecordingId?: string;
    readonly State?: string;
  };
}

type Violate = (invariant: string, detail: string) => void;

/**
 * I3 once more, by nothing of the product but which event an element is: some facts, worked out from the elements as they
 * were sent. What reader and reducer get wrong in every order alike shows here alone.
 */
export function checkFacts({ callKey, journal, elements, head }: CallEvidence, violate: Violate): void {
  if (head === undefined) return;
  const told = journal.flatMap(({ fingerprint }) => elements.get(fingerprint) ?? []) as WireElement[];
  if (told.length === 0) return;
  const requested = journal.flatMap(entry => (entry.type === 'call.requested' ? entry.event.at : []));
  const expected = factsTold(told, requested);
  for (const [fact, actual] of Object.entries(factsOf(head.call))) {
    // A call that was given up is over, whatever was told of it.
    if (fact === 'state' && head.call.lostAt !== null) continue;
    const wanted = JSON.stringify(expected[fact as keyof Facts]);
    if (JSON.stringify(actual) !== wanted)
      violate('I3', `${fact} of ${callKey} is ${JSON.stringify(actual)}, the elements say ${wanted}`);
  }
}

type Facts = ReturnType<typeof factsOf>;

function factsOf(call: Call) {
  return {
    createdAt: call.createdAt,
    lastEventAt: call.lastEventAt,
    connectingAt: call.connectingAt,
    connectedAt: call.connectedAt,
    disconnectingAt: call.disconnectingAt,
    endedAt: call.endedAt,
    state: call.state,
    tones: call.tones.length,
    ends: call.operations.map(({ endedAt }) => endedAt).sort(),
    recordings: call.recordings.map(({ recordingId, state }) => `${recordingId} ${state}`),
  };
}

function factsTold(told: readonly WireElement[], requested: readonly string[]): Facts {
  const times = [...requested, ...told.map(({ eventTime }) => eventTime)].sort();
  const saidAt = (state: string) =>
    earliest(told.filter(({ data }) => data.CallState === state)) as Call['endedAt'];
  const tones = told.flatMap(({ data: { ToneInfo: tone } }) => tone && `${tone.SequenceId} ${tone.Tone}`);
  return {
    createdAt: times[0] as Call['createdAt'],
    lastEventAt: times.at(-1) as Call['lastEventAt'],
    connectingAt: saidAt('Establishing'),
    connectedAt: saidAt('Established'),
    disconnectingAt: saidAt('Terminating'),
    endedAt: saidAt('Terminated'),
    state: furthestTold(told),
    tones: new Set(tones.filter(tone => tone !== undefined)).size,
    ends: endsTold(told),
    recordings: recordingsTold(told),
  };
}

/** What is said of the call's state, and what proves a connection. */
function furthestTold(told: readonly WireElement[]): Call['state'] {
  const says = (state: string) => told.some(({ data }) => data.CallState === state);
  if (says('Terminated')) return 'disconnected';
  if (says('Terminating')) return 'disconnecting';
  if (says('Established') || told.some(provesConnection)) return 'connected';
  return says('Establishing') ? 'connecting' : 'unknown';
}

function provesConnection({ eventType, data }: WireElement): boolean {
  if (eventType.endsWith('PlayAudioResult')) return data.Status === 'Completed';
  if (eventType.endsWith('ParticipantsUpdated')) return (data.Participants ?? []).length > 0;
  return data.ToneInfo !== undefined;
}

/** When each prompt and each invitation ended; null for those that did not. */
function endsTold(told: readonly WireElement[]): Facts['ends'] {
  const results = told.filter(({ data }) => data.Status !== undefined);
  const operations = Map.groupBy(
    results,
    ({ eventType, data }) => `${eventType} ${data.OperationContext ?? ''}`,
  );
  return [...operations.values()]
    .map(reports => earliest(reports.filter(({ data }) => data.Status !== 'Running')) as Call['endedAt'])
    .sort();
}

/** The state of each recording that was told last; of two at one moment the one that says it stopped. */
function recordingsTold(told: readonly WireElement[]): string[] {
  const reports = told.filter(({ data }) => data.RecordingId !== undefined);
  const byId = Map.groupBy(reports, ({ data }) => String(data.RecordingId));
  return [...byId]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, its]) => {
      const states = its.map(({ eventTime, data }) => `${eventTime} ${data.State?.toLowerCase()}`).sort();
      return `${id} ${states.at(-1)?.split(' ')[1]}`;
    });
}

function earliest(elements: readonly WireElement[]): string | null {
  return elements.map(({ eventTime }) => eventTime).sort()[0] ?? null;
}
