import { ACTING_DIALECTS, supportOf } from '../../actions/dialect-support.ts';
import type { PlannedDraft } from '../decider.ts';
import type { MachineFlow } from '../flow.ts';
import { stateName } from '../state-name.ts';
import type { Exploration } from './explore.ts';
import { type Finding, findingsOf } from './finding.ts';

/** What a flow wants that a dialect of its calls cannot do: each state and kind of action once. Pure. */
export function checkDialects(
  { name, dialects = ACTING_DIALECTS }: MachineFlow,
  { places }: Exploration,
): readonly Finding[] {
  const found = findingsOf(name);
  const findings = new Map<string, Finding>();
  for (const { edges } of places) {
    for (const { decided, to } of edges) {
      const where = stateName(to.situation.snapshot.value);
      for (const draft of decided.decision.actions) {
        const lack = dialects.map(dialect => lackOf(draft, dialect)).find(each => each !== undefined);
        if (lack === undefined) continue;
        const message = `It wants ${draft.kind}, and its calls may be of ${lack.dialect}: ${lack.reason}. Do without, or name the dialects that it is for: \`dialects: ['ga']\`.`;
        findings.set(`${where} ${draft.kind}`, found('notInDialect', where, message));
      }
    }
  }
  return [...findings.values()];
}

function lackOf({ kind, arguments: members }: PlannedDraft, dialect: (typeof ACTING_DIALECTS)[number]) {
  // To dial again is done by the app, in whatever dialect the call was placed.
  if (kind === 'dialAgain') return undefined;
  const support = supportOf(dialect, kind, members);
  return support.ok ? undefined : { dialect, reason: support.reason };
}
