import { noProvider } from '../shared/actions/no-provider.ts';
import type { CallEvent } from '../shared/domain/call-event.ts';
import type { EventTime } from '../shared/domain/event-time.ts';
import { listening } from '../shared/flows/decider.ts';
import { newCommitId } from '../shared/ids/commit-id.ts';
import { planCommit } from '../shared/processing/plan-commit.ts';
import type { CommitPlan } from '../shared/store/commit-plan.ts';
import type { CachedHead } from '../shared/store/head-cache.ts';
import { RECEIVED_AT } from './reference-call.ts';

/** Plans the commit of events, at least one, on a call that is only listened to. */
export function planListening(
  callKey: string,
  before: CachedHead | undefined,
  events: readonly CallEvent[],
): CommitPlan {
  const plan = planCommit(
    before,
    { events },
    {
      callKey,
      decider: listening,
      policyOf: noProvider.policyOf,
      now: RECEIVED_AT as EventTime,
      commitId: newCommitId(),
    },
  );
  if (plan === undefined) throw new Error('There is nothing to record.');
  return plan;
}
