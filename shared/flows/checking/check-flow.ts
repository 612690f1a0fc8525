import type { Flow, HandlerFlow, MachineFlow } from '../flow.ts';
import { parseFlowInput } from '../flow-input.ts';
import { KNOWN_SIGNALS } from '../flow-signals.ts';
import { chartOf } from './chart.ts';
import { checkChart } from './check-chart.ts';
import { checkDialects } from './check-dialects.ts';
import { checkPlaces } from './check-places.ts';
import { checkRedial } from './check-redial.ts';
import { type Exploration, explore } from './explore.ts';
import { type Finding, findingsOf } from './finding.ts';
import { unplainPart } from './plain-json.ts';
import { checkRaces } from './races.ts';
import { stateNamesOf } from './state-names.ts';

/** All that is wrong with a flow, by looking at it and by trying all that can happen to it. Pure; empty for a good one. */
export function checkFlow(flow: Flow): readonly Finding[] {
  const basics = checkBasics(flow);
  if (!('machine' in flow)) return [...basics, ...checkHandlers(flow)];
  const chart = checkChart(flow.name, flow.machine);
  // A machine that breaks the rules as it is written need not be run to see what else is wrong.
  if (basics.length > 0 || chart.length > 0) return [...basics, ...chart];
  const exploration = explore(flow);
  const places = checkPlaces(flow.name, exploration);
  if (places.length > 0) return places;
  return [
    ...checkNeverEntered(flow, exploration),
    ...checkDialects(flow, exploration),
    ...checkRedial(flow, exploration),
    ...checkRaces(flow, exploration),
  ];
}

const NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

function checkBasics(flow: Flow): Finding[] {
  const found = findingsOf(flow.name);
  const findings: Finding[] = [];
  if (!NAME.test(flow.name)) {
    findings.push(
      found('wrongName', null, 'Its name is not in kebab-case, such as `appointment-reminder`. Rename it.'),
    );
  }
  if (!Number.isInteger(flow.version) || flow.version < 1) {
    findings.push(found('wrongVersion', null, `Its version is ${flow.version}. Use 1, 2, 3….`));
  }
  if ('machine' in flow && flow.machine.id !== flow.name) {
    findings.push(
      found(
        'wrongId',
        null,
        `Its machine has the id \`${flow.machine.id}\`. Give it the name of the flow: the ids of its time-outs are made of it.`,
      ),
    );
  }
  const parsed = parseFlowInput(flow, flow.example);
  if (!parsed.ok) {
    const faults = parsed.faults.map(({ pointer, detail }) => `${pointer}: ${detail}`).join('; ');
    findings.push(
      found(
        'wrongExample',
        null,
        `It does not take its own example (${faults}). Mend the example, or the schema.`,
      ),
    );
  }
  const unplain = parsed.ok ? unplainPart(parsed.input, 'input') : undefined;
  if (unplain !== undefined) {
    findings.push(
      found(
        'notPlain',
        null,
        `What its schema makes of the example is no plain JSON: ${unplain}. It is recorded as JSON with the call; let the schema read texts and numbers, and the flow make of them what it needs.`,
      ),
    );
  }
  return findings;
}

function checkHandlers({ name, on }: HandlerFlow): Finding[] {
  const found = findingsOf(name);
  const unknown = Object.keys(on).filter(signal => !KNOWN_SIGNALS.some(known => known === signal));
  return unknown.map(signal =>
    found(
      'unknownSignal',
      null,
      `It answers \`${signal}\`, which no flow is ever told. The signals are: ${KNOWN_SIGNALS.join(', ')}.`,
    ),
  );
}

/** States that transitions lead to, and that nothing that happens ever does. */
function checkNeverEntered({ name, machine }: MachineFlow, { places }: Exploration): Finding[] {
  const found = findingsOf(name);
  const entered = new Set(places.flatMap(({ situation }) => stateNamesOf(situation.snapshot.value)));
  const passing = new Set(
    chartOf(machine)
      .filter(({ transitions }) => transitions.some(({ event }) => event === 'always'))
      .map(state => state.name),
  );
  return chartOf(machine)
    .filter(({ type, name: state }) => type === 'atomic' && !entered.has(state) && !passing.has(state))
    .map(({ name: state }) =>
      found(
        'neverEntered',
        state,
        'Transitions lead here, and nothing that can happen with the example takes any of them: a guard is never true. Mend the guard, the example, or `keys`, the keys that the check presses.',
      ),
    );
}
