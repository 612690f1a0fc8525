import type { LegNews, Outcome } from './leg-event.ts';
import type { RingResult } from './ringing.ts';

/** How the results of an invitation are told. */
export interface InviteReport {
  readonly operationContext: string | null;
  readonly invitationId: string;
  /** The id of the event of this index. */
  eventId(index: number): string;
  tell(news: LegNews): void;
}

/** One event for all who came, and one for each way in which others did not. */
export function tellInviteResults(results: readonly RingResult[], report: InviteReport): void {
  const groups = new Map<Outcome | null, RingResult[]>();
  for (const result of results) groups.set(result.outcome, [...(groups.get(result.outcome) ?? []), result]);
  for (const [index, [outcome, group]] of [...groups].entries()) {
    report.tell({
      type: 'invite',
      status: outcome === null ? 'completed' : 'failed',
      operationContext: report.operationContext,
      outcome,
      identities: group.map(({ identity }) => identity),
      eventId: report.eventId(index),
      invitationId: report.invitationId,
    });
  }
}
