import type { OperationEnd, OperationKind } from '../../domain/operation-events.ts';
import type { FlowActionKind } from '../flow-actions.ts';
import type { FlowSignal } from '../flow-signals.ts';
import { toneOf } from '../flow-signals.ts';
import type { Pending, PendingTimeOut, Situation } from './situation.ts';

/** One thing that can happen next, and what the flow is told of it. */
export interface Stimulus {
  /** Tells it from the others of its situation: `toneReceived 1`, `operationEnded greeting completed`, `after …`. */
  readonly key: string;
  /** The kind of signal, as races are declared by. */
  readonly label: FlowSignal['type'] | 'after';
  /** What it is about: of two things with one subject only one can happen. */
  readonly subject: string;
  readonly event: { readonly type: string };
}

const SOMEBODY = ['8:acs:somebody'];

/** All that can happen next: what the callee does, how what was asked for ends, and the time-outs that can come first. */
export function stimuliOf(situation: Situation, keys: string): readonly Stimulus[] {
  if (situation.status !== 'active' || situation.line === 'over') return [];
  const timeOut = firstOf(situation.timers).map(({ id }) => ({
    key: `after ${id}`,
    label: 'after' as const,
    subject: `after ${id}`,
    event: { type: id },
  }));
  if (situation.line === 'setUp') return [signal({ type: 'connected' }, ''), ...endsOf(false), ...timeOut];
  const tones = [...keys].map(key => signal({ type: 'toneReceived', tone: toneOf(key), key }, key));
  return [
    ...tones,
    ...situation.pending.flatMap(outcomesOf),
    ...rosters(situation),
    ...endsOf(true),
    ...timeOut,
  ];
}

/** Of those that were armed at one moment the soonest; of others nobody knows how long ago they were. */
function firstOf(timers: readonly PendingTimeOut[]): readonly PendingTimeOut[] {
  return timers.filter(({ moment }, index) => timers[index - 1]?.moment !== moment);
}

function endsOf(wasConnected: boolean): Stimulus[] {
  const common = {
    type: 'disconnected' as const,
    wasConnected,
    connectedAt: null,
    endedAt: null,
    participants: [],
  };
  return wasConnected
    ? [signal({ ...common, outcome: 'answered', advice: 'none' }, 'answered')]
    : [
        signal({ ...common, outcome: 'no-answer', advice: 'later' }, 'no-answer'),
        signal({ ...common, outcome: 'declined', advice: 'never' }, 'declined'),
      ];
}

/** The operations that ACS tells the end of, by what asks for them. */
const OPERATIONS: Partial<Readonly<Record<FlowActionKind, OperationKind>>> = {
  playAudio: 'playAudio',
  playText: 'playAudio',
  playSsml: 'playAudio',
  recognize: 'recognize',
  addParticipants: 'addParticipants',
  transferCall: 'transfer',
};

/** What cannot be cut short. */
const UNCUT: readonly FlowActionKind[] = ['addParticipants', 'transferCall'];

function outcomesOf({ kind, name, isLooped, hears }: Pending): Stimulus[] {
  const subject = `${kind} ${name}`;
  const refused = signal(
    { type: 'actionEnded', kind, name, state: 'failed', reason: 'it was refused' },
    `${subject} failed`,
    subject,
  );
  const operation = OPERATIONS[kind];
  if (operation === undefined) return [refused];
  const ended = (status: OperationEnd, heard: string | null = null) =>
    signal(
      { type: 'operationEnded', kind: operation, name, status, participants: [], heard },
      [subject, status, ...(heard === null ? [] : [heard])].join(' '),
      subject,
    );
  const well = hears.length === 0 ? [ended('completed')] : hears.map(heard => ended('completed', heard));
  return [
    ...(isLooped ? [] : well),
    ended('failed'),
    ...(UNCUT.includes(kind) ? [] : [ended('canceled')]),
    refused,
  ];
}

function rosters({ others }: Situation): Stimulus[] {
  const next = others.length === 0 ? SOMEBODY : [];
  const what = next.length === 0 ? 'nobody' : 'somebody';
  return [signal({ type: 'rosterChanged', present: next, others: next }, what)];
}

function signal(event: FlowSignal, about: string, subject = ''): Stimulus {
  return {
    key: `${event.type} ${about}`.trim(),
    label: event.type,
    subject: subject === '' ? event.type : subject,
    event,
  };
}
