import type { Action, ActionKind } from './action.ts';
import { type Call, endOf } from './call.ts';
import type { DialectName } from './call-event.ts';
import type { Operation } from './operation.ts';
import type { OperationKind } from './operation-events.ts';

/** What of a call there can be gaps about. */
export const GAP_SUBJECTS = ['end', 'connection', 'roster', 'tones', 'operation', 'recording'] as const;

/** What the events of a call leave open, or what had to be concluded since none told it. */
export interface Gap {
  readonly about: (typeof GAP_SUBJECTS)[number];
  /** In one sentence, for people. */
  readonly text: string;
}

/**
 * Where a call's events have gaps: what was inferred, and what is known to have been told and was not heard. ACS numbers
 * rosters and tones, tells how everything goes that it was asked for, and ends what it began; so an event that was lost
 * shows, unless it was the last of its kind. Pure. Empty for a call of which all came.
 */
export function gapsOf(call: Call): Gap[] {
  const ended = endOf(call) !== null;
  return [
    ...(call.endedAt === null && call.lostAt !== null
      ? [gap('end', 'The end was inferred: nothing was heard of the call any more.')]
      : []),
    ...(call.wasConnected && call.connectedAt === null
      ? [gap('connection', 'The call was connected, as other events prove; none told when.')]
      : []),
    ...rosterGaps(call),
    ...toneGaps(call),
    ...(ended ? [...operationGaps(call), ...recordingGaps(call)] : []),
  ];
}

function gap(about: Gap['about'], text: string): Gap {
  return { about, text };
}

function rosterGaps({ roster }: Call): Gap[] {
  const inferred = roster.snapshots
    .filter(({ isInferred }) => isInferred === true)
    .map(({ at }) => gap('roster', `Who was on the call at ${at} was asked of ACS: no event had told it.`));
  const numbers = roster.snapshots.flatMap(({ sequenceNumber }) =>
    sequenceNumber === null ? [] : [sequenceNumber],
  );
  const missing = missingOf(numbers, 1);
  if (missing.length === 0) return inferred;
  const text = `Roster ${missing.join(', ')} did not come: who came and went may have done so earlier than it shows.`;
  return [...inferred, gap('roster', text)];
}

/** The first tone is number 1. */
function toneGaps({ tones }: Call): Gap[] {
  const missing = missingOf(
    tones.map(({ sequenceId }) => sequenceId),
    1,
  );
  return missing.length === 0 ? [] : [gap('tones', `Tone ${missing.join(', ')} did not come.`)];
}

/** At most so many are named of what is missing: a number that is far off is none that was counted. */
const MISSING_NAMED = 20;

function missingOf(numbers: readonly number[], first: number): number[] {
  const known = new Set(numbers);
  const highest = numbers.reduce((most, number) => Math.max(most, number), first - 1);
  const missing: number[] = [];
  for (let number = first; number < highest && missing.length < MISSING_NAMED; number++)
    if (!known.has(number)) missing.push(number);
  return missing;
}

/** The operations that ACS tells of, by the action that asks for them, where every dialect does. */
const TOLD: Partial<Readonly<Record<ActionKind, OperationKind>>> = {
  playAudio: 'playAudio',
  addParticipants: 'addParticipants',
};

/** Those that GA alone tells of. */
const TOLD_ON_GA: Partial<Readonly<Record<ActionKind, OperationKind>>> = {
  ...TOLD,
  playText: 'playAudio',
  playSsml: 'playAudio',
  recognize: 'recognize',
  cancelAddParticipant: 'cancelAddParticipant',
  removeParticipant: 'removeParticipant',
  moveParticipants: 'moveParticipant',
  transferCall: 'transfer',
  sendDtmf: 'sendDtmf',
  stopContinuousDtmf: 'continuousDtmf',
  stopTranscription: 'transcription',
};

function operationGaps({ actions, operations, dialect }: Call): Gap[] {
  const unheard = actions.flatMap(action => {
    const kind = kindTold(action, dialect);
    const lacks = kind !== undefined && action.state === 'done' && !hasEnded(operations, kind, action);
    return lacks ? [gap('operation', `How ${action.kind} ${action.actionId} went was not heard.`)] : [];
  });
  const asked = new Set(actions.map(({ actionId }) => actionId));
  const running = operations
    .filter(({ status, operationContext }) => status === 'running' && !asked.has(operationContext ?? ''))
    .map(({ kind }) => gap('operation', `How ${kind} ended was not heard.`));
  return [...unheard, ...running];
}

function kindTold({ kind }: Action, dialect: DialectName): OperationKind | undefined {
  return (dialect === 'ga' || dialect === 'event-grid' ? TOLD_ON_GA : TOLD)[kind];
}

/** Whether ACS told how it ended, for everybody it is about where it is about several. */
function hasEnded(operations: readonly Operation[], kind: OperationKind, action: Action): boolean {
  const operation = operations.find(
    ({ operationContext, kind: other }) => other === kind && operationContext === action.actionId,
  );
  if (operation === undefined || operation.status === 'running') return false;
  const { participants } = action.arguments;
  if (!Array.isArray(participants) || operation.participants.length === 0) return true;
  const heardOf = new Set(
    operation.participants.filter(({ status }) => status !== 'running').map(({ rawId }) => rawId),
  );
  return participants.every(rawId => heardOf.has(String(rawId)));
}

function recordingGaps({ recordings, actions, operations }: Call): Gap[] {
  const running = recordings
    .filter(({ state }) => state === 'active')
    .map(({ recordingId }) => gap('recording', `That recording ${recordingId} ended was not heard.`));
  const known = new Set(recordings.map(({ recordingId }) => recordingId));
  const hasFailed = operations.some(({ kind }) => kind === 'startRecording');
  const unheard = actions.flatMap(({ ids }) => {
    const id = ids?.recordingId;
    return id === undefined || known.has(id) || hasFailed
      ? []
      : [gap('recording', `Whether recording ${id} began was not heard.`)];
  });
  return [...running, ...unheard];
}
