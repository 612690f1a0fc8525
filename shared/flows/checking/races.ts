import type { MachineFlow, Race } from '../flow.ts';
import { stateName } from '../state-name.ts';
import type { Edge, Exploration, Place } from './explore.ts';
import { type Finding, findingsOf } from './finding.ts';
import { stateKey } from './situation.ts';

/** Two signals that can come in either order, and lead to different things in that of the one and of the other. */
export interface FoundRace {
  readonly between: readonly [string, string];
  readonly state: string;
  /** What each order leads to, in words. */
  readonly orders: readonly [string, string];
}

/**
 * Every pair of kinds of signals whose order makes a difference, each with the first place where it does. Pure.
 *
 * Two signals are concurrent where both can come next and nothing puts them into an order: tones have their sequence, a
 * connection comes before all that proves it, and the end of the call after all that came before it settled.
 */
function racesIn({ places }: Exploration): readonly FoundRace[] {
  const races = new Map<string, FoundRace>();
  for (const place of places) {
    for (const [index, first] of place.edges.entries()) {
      for (const second of place.edges.slice(index + 1)) {
        const between = [first.stimulus.label, second.stimulus.label].toSorted() as [string, string];
        const key = between.join(' ');
        if (races.has(key) || !areConcurrent(first, second)) continue;
        const orders = [outcomeOf(first, second), outcomeOf(second, first)] as const;
        if (orders[0].key === orders[1].key) continue;
        const state = stateName(place.situation.snapshot.value);
        races.set(key, { between, state, orders: [orders[0].inWords(), orders[1].inWords()] });
      }
    }
  }
  return [...races.values()];
}

/** The races of a flow that it does not declare, and those that it declares and that are none. */
export function checkRaces({ name, races }: MachineFlow, exploration: Exploration): readonly Finding[] {
  const found = findingsOf(name);
  const inFlow = racesIn(exploration);
  const undeclared = inFlow.filter(race => !races.some(declared => isSame(declared, race)));
  const gone = races.filter(declared => !inFlow.some(race => isSame(declared, race)));
  const unexplained = races.filter(({ reason }) => reason.trim() === '');
  return [
    ...undeclared.map(({ between, state, orders }) =>
      found(
        'undeclaredRace',
        state,
        `\`${between[0]}\` and \`${between[1]}\` can come in either order, and it makes a difference: ${orders[0]}; but ${orders[1]}. Make both orders come to the same, or declare it in \`races\`, with the reason why either is right.`,
      ),
    ),
    ...gone.map(({ between }) =>
      found(
        'noSuchRace',
        null,
        `It declares a race between \`${between.join('` and `')}\`, and the order of these makes no difference. Take the declaration away.`,
      ),
    ),
    ...unexplained.map(({ between }) =>
      found(
        'raceWithoutReason',
        null,
        `It declares a race between \`${between.join('` and `')}\` and does not say why either order is right. Give a reason.`,
      ),
    ),
  ];
}

function isSame({ between }: Race, race: FoundRace): boolean {
  return between.toSorted().join(' ') === race.between.join(' ');
}

function areConcurrent({ stimulus: a }: Edge, { stimulus: b }: Edge): boolean {
  if (a.subject === b.subject) return false;
  const labels = [a.label, b.label];
  if (labels.includes('disconnected')) return labels.includes('after');
  // Time-outs come by the times that they are due at, which are recorded.
  if (a.label === 'after' && b.label === 'after') return false;
  return true;
}

/** What one thing and then the other leads to; what was concurrent with the first can be gone with it. */
function outcomeOf(first: Edge, second: Edge): Outcome {
  const then = isGone(first, second) ? undefined : edgeOf(first.to, second);
  const { situation } = then?.to ?? first.to;
  // In their order: what is played before everything is cut short is not played.
  const acts = [...first.decided.acts, ...(then?.decided.acts ?? [])];
  return {
    key: `${acts.join()} ${situation.status} ${stateKey(situation)}`,
    inWords() {
      const actions = [first, then].flatMap(edge => edge?.decided.decision.actions ?? []);
      const words = actions.map(({ kind, name }) => (name === undefined ? kind : `${kind} ${name}`));
      const order = `${first.stimulus.key}, ${second.stimulus.key}`;
      return `${order} → ${words.join(', ') || 'nothing'}, ${stateName(situation.snapshot.value)}`;
    },
  };
}

interface Outcome {
  /** The same for two outcomes that come to the same. */
  readonly key: string;
  inWords(): string;
}

function edgeOf(place: Place, { stimulus }: Edge): Edge | undefined {
  return place.edges.find(edge => edge.stimulus.key === stimulus.key);
}

/** A time-out that was armed anew is another one. */
function isGone({ decided: { decision } }: Edge, { stimulus }: Edge): boolean {
  return stimulus.label === 'after' && decision.arm.some(({ timerId }) => timerId === stimulus.event.type);
}
