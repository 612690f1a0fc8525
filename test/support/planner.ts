import { type PolicyOf, PREVIEW_POLICIES } from '../../shared/actions/policy.ts';
import { eventTimeOf } from '../../shared/clock.ts';
import { type Decider, type FlowLookup, listening } from '../../shared/flows/decider.ts';
import { planCommit } from '../../shared/processing/plan-commit.ts';
import type { Planner } from '../../shared/store/call-store.ts';

/** What tests may want otherwise than the app has it where it only listens. */
export interface PlannerOptions {
  readonly decider?: Decider | undefined;
  readonly flows?: FlowLookup | undefined;
  readonly policyOf?: PolicyOf | undefined;
}

let commits = 0;

/** Plans commits as the composition root has it; by default with nothing to be done on a call. */
export function plannerOf(clock: { now(): number }, options: PlannerOptions = {}): Planner {
  const { decider = listening, flows, policyOf = kind => PREVIEW_POLICIES[kind] } = options;
  return (callKey, before, request) => {
    commits += 1;
    const now = eventTimeOf(clock.now());
    return planCommit(before, request, {
      callKey,
      decider,
      flows,
      policyOf,
      now,
      commitId: `commit-${commits}`,
    });
  };
}
