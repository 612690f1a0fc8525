import type { CollectedInput, ResultInfo } from './call-event.ts';
import { type EventTime, earliest } from './event-time.ts';
import type { OperationEnd, OperationKind } from './operation-events.ts';
import { resultMembersOf } from './reason.ts';

/** How far something is, and how it ended. */
export interface Progress extends ResultInfo {
  readonly status: 'running' | OperationEnd;
  readonly startedAt: EventTime | null;
  readonly endedAt: EventTime | null;
  /** What was collected: only of a recognition that heard something. */
  readonly input?: CollectedInput | undefined;
}

/** How an operation went for one of the participants that its events name. */
export interface ParticipantProgress extends Progress {
  readonly rawId: string;
}

/** A follow-up request that ACS carries out, as its events tell it: one per operationContext. */
export interface Operation extends Progress {
  readonly kind: OperationKind;
  /** Given by whoever asked for the operation; null when it gave none. */
  readonly operationContext: string | null;
  /** An invitation of several can go well for one and badly for another. Ordered by rawId. */
  readonly participants: readonly ParticipantProgress[];
}

/** What one event says about an operation. */
export interface OperationReport {
  readonly kind: OperationKind;
  readonly operationContext: string | null;
  /** The rawIds of the participants it is about, where the event names any. */
  readonly participants: readonly string[];
  readonly status: Progress['status'];
  readonly at: EventTime;
  readonly result: ResultInfo | null;
  readonly input?: CollectedInput | undefined;
}

/**
 * Adds a report. The earliest end wins, whichever came first; of two ends at one moment the cancelled one, then the
 * failed one, since ACS says "Completed" of operations that were cut short.
 */
export function addReport(operations: readonly Operation[], report: OperationReport): readonly Operation[] {
  const index = operations.findIndex(
    ({ kind, operationContext }) => kind === report.kind && operationContext === report.operationContext,
  );
  const told = asProgress(report);
  const known = operations[index];
  if (known === undefined) {
    const { kind, operationContext } = report;
    const participants = addParticipants(NONE, report.participants, told);
    return [...operations, { kind, operationContext, ...told, participants }].sort(byIdentity);
  }
  const participants = addParticipants(known.participants, report.participants, told);
  const { kind, operationContext } = known;
  return operations.with(index, { kind, operationContext, ...join(known, told), participants });
}

/** One for all operations that name nobody. */
const NONE: readonly never[] = [];

function asProgress({ status, at, result, input }: OperationReport): Progress {
  // The result of what is still running says nothing of how it ends.
  if (status === 'running') {
    return { status, startedAt: at, endedAt: null, code: null, subcode: null, message: null };
  }
  const told = { status, startedAt: null, endedAt: at, ...resultMembersOf(result ?? NO_RESULT) };
  return input === undefined ? told : { ...told, input };
}

const NO_RESULT: ResultInfo = { code: null, subcode: null, message: null };

function addParticipants(
  known: readonly ParticipantProgress[],
  rawIds: readonly string[],
  told: Progress,
): readonly ParticipantProgress[] {
  if (rawIds.length === 0) return known;
  const byRawId = new Map(known.map(participant => [participant.rawId, participant]));
  for (const rawId of rawIds) {
    const before = byRawId.get(rawId);
    byRawId.set(rawId, { rawId, ...(before === undefined ? told : join(before, told)) });
  }
  return [...byRawId.values()].sort((a, b) => (a.rawId < b.rawId ? -1 : 1));
}

/** What is known of both, its members in one order. */
function join(known: Progress, told: Progress): Progress {
  const winner = endOrder(known) <= endOrder(told) ? known : told;
  const startedAt = told.startedAt === null ? known.startedAt : earliest(known.startedAt, told.startedAt);
  const { status, endedAt, input } = winner;
  const joined = { status, startedAt, endedAt, ...resultMembersOf(winner) };
  return input === undefined ? joined : { ...joined, input };
}

const PRECEDENCE = { canceled: 0, failed: 1, completed: 2, running: 3 } as const;

/** Text that sorts first the end that counts; every field takes part, so that no tie is left to arrival. */
function endOrder({ endedAt, status, code, subcode, message, sipCode, q850Code, input }: Progress): string {
  const rest = [sipCode ?? null, q850Code ?? null, input ?? null];
  return JSON.stringify([endedAt ?? '~', PRECEDENCE[status], code, subcode, message, ...rest]);
}

function byIdentity(a: Operation, b: Operation): number {
  const [x, y] = [identity(a), identity(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

function identity({ kind, operationContext }: Operation): string {
  return `${kind}\n${operationContext ?? ''}`;
}
