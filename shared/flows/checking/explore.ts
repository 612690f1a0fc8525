import type { MachineFlow } from '../flow.ts';
import { parseFlowInput } from '../flow-input.ts';
import { type Situation, situationKey, stateKey } from './situation.ts';
import {
  type Decided,
  decidedAtStart,
  decidedOn,
  type StepFault,
  situationAfter,
  situationAtStart,
} from './step.ts';
import { type Stimulus, stimuliOf } from './stimuli.ts';

/** Where one thing that happens leads. */
export interface Edge {
  readonly stimulus: Stimulus;
  readonly to: Place;
  readonly decided: Decided;
}

/** A situation with all that can happen in it. */
export interface Place {
  readonly situation: Situation;
  readonly edges: Edge[];
}

/** Everything that can happen to a flow, as far as it was found. */
export interface Exploration {
  /** What the flow does before anything happens; undefined where it cannot even begin. */
  readonly start: { readonly decided: Decided; readonly situation: Situation } | undefined;
  readonly places: readonly Place[];
  readonly faults: readonly StepFault[];
  /** There was more than could be looked at. */
  readonly isCutShort: boolean;
}

/** Far more than a flow has whose example is small; one that counts without a bound has more than any number. */
export const PLACES_MAX = 10_000;
const KEYS = '129#';

/**
 * Tries every order of everything that can happen to a flow, from its example, against a callee who may do anything at
 * any time. Pure; some ten thousand situations a second.
 */
export function explore(
  flow: MachineFlow,
  input: Readonly<Record<string, unknown>> = startOf(flow),
): Exploration {
  const begun = decidedAtStart(flow.machine, input);
  if (!begun.ok) return { start: undefined, places: [], faults: [begun], isCutShort: false };
  const faults: StepFault[] = [];
  const places = new Map<string, Place>();
  const decide = remembering(flow);
  const start = { decided: begun, situation: situationAtStart(begun) };
  const queue = [placeOf(start.situation)];
  for (let place = queue.pop(); place !== undefined; place = queue.pop()) {
    if (places.size > PLACES_MAX) break;
    for (const stimulus of stimuliOf(place.situation, flow.keys ?? KEYS)) {
      const decided = decide(place.situation, stimulus);
      if (!decided.ok) {
        faults.push(decided);
        continue;
      }
      const known = places.size;
      const to = placeOf(situationAfter(place.situation, stimulus, decided));
      if (places.size > known) queue.push(to);
      place.edges.push({ stimulus, to, decided });
    }
  }
  return { start, places: [...places.values()], faults, isCutShort: places.size > PLACES_MAX };

  function placeOf(situation: Situation): Place {
    const key = situationKey(situation);
    const known = places.get(key);
    if (known !== undefined) return known;
    const place = { situation, edges: [] };
    places.set(key, place);
    return place;
  }
}

/** What a flow decides depends on where it stands and on what it is told, and on nothing else around it. */
function remembering({ machine }: MachineFlow) {
  const known = new Map<string, Decided | StepFault>();
  return ({ snapshot }: Situation, stimulus: Stimulus): Decided | StepFault => {
    const key = `${stateKey({ snapshot })} ${stimulus.key}`;
    const decided = known.get(key) ?? decidedOn(machine, snapshot, stimulus);
    known.set(key, decided);
    return decided;
  };
}

function startOf(flow: MachineFlow): Readonly<Record<string, unknown>> {
  const parsed = parseFlowInput(flow, flow.example);
  return parsed.ok ? parsed.input : {};
}
