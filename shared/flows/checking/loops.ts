import type { Edge, Place } from './explore.ts';

/** A way that leads back to where it began. */
export interface Loop {
  readonly place: Place;
  readonly edge: Edge;
  /** It goes round with nobody doing anything: by time-outs, and by what was asked for coming to an end. */
  readonly byItself: boolean;
}

/**
 * Loops that a flow must not have: those that go round by themselves, and those in which it acts, so that a callee who
 * does the same over and over is never let go. One for each knot of loops.
 */
export function loopsIn(places: readonly Place[]): readonly Loop[] {
  const own = knots(places, ({ stimulus }) => isByItself(stimulus.label));
  const any = knots(places, () => true).filter(edges =>
    edges.some(([, { decided }]) => decided.decision.actions.length > 0),
  );
  const loops = [...own.map(edges => loopOf(edges, true)), ...any.map(edges => loopOf(edges, false))];
  return loops.filter(loop => loop !== undefined);
}

type Way = readonly [Place, Edge];

function isByItself(label: string): boolean {
  return label === 'after' || label === 'operationEnded' || label === 'actionEnded';
}

function loopOf(ways: readonly Way[], byItself: boolean): Loop | undefined {
  const [place, edge] = ways.find(([, { decided }]) => decided.decision.actions.length > 0) ?? ways[0] ?? [];
  return place === undefined || edge === undefined ? undefined : { place, edge, byItself };
}

/** The edges of each strongly connected part with a loop in it, by Tarjan's algorithm, without recursion. */
function knots(places: readonly Place[], follows: (edge: Edge) => boolean): Way[][] {
  const parts = partsOf(places, follows);
  const ways = new Map<number, Way[]>();
  for (const place of places) {
    const part = parts.get(place);
    for (const edge of place.edges) {
      const isIdle = edge.to === place && changesNothing(edge);
      if (part === undefined || isIdle || !follows(edge) || parts.get(edge.to) !== part) continue;
      ways.set(part, [...(ways.get(part) ?? []), [place, edge]]);
    }
  }
  return [...ways.values()];
}

function changesNothing({ decided: { decision } }: Edge): boolean {
  return decision.actions.length === 0 && decision.arm.length === 0;
}

interface Visit {
  readonly place: Place;
  next: number;
}

function partsOf(places: readonly Place[], follows: (edge: Edge) => boolean): Map<Place, number> {
  const index = new Map<Place, number>();
  const low = new Map<Place, number>();
  const parts = new Map<Place, number>();
  const open: Place[] = [];
  for (const root of places) if (!index.has(root)) visitFrom(root);
  return parts;

  function visitFrom(root: Place): void {
    const visits: Visit[] = [enter(root)];
    for (let visit = visits.at(-1); visit !== undefined; visit = visits.at(-1)) {
      const edge = visit.place.edges[visit.next++];
      if (edge === undefined) {
        visits.pop();
        leave(visit.place, visits.at(-1)?.place);
      } else if (follows(edge)) visits.push(...entering(visit.place, edge.to));
    }
  }

  function entering(from: Place, to: Place): readonly Visit[] {
    if (!index.has(to)) return [enter(to)];
    if (!parts.has(to)) lower(from, index.get(to));
    return [];
  }

  function enter(place: Place): Visit {
    index.set(place, index.size);
    low.set(place, index.size - 1);
    open.push(place);
    return { place, next: 0 };
  }

  function lower(place: Place, to: number | undefined): void {
    low.set(place, Math.min(low.get(place) ?? 0, to ?? 0));
  }

  function leave(place: Place, parent: Place | undefined): void {
    if (parent !== undefined) lower(parent, low.get(place));
    if (low.get(place) !== index.get(place)) return;
    const part = index.get(place) ?? 0;
    for (let member = open.pop(); member !== undefined; member = open.pop()) {
      parts.set(member, part);
      if (member === place) break;
    }
  }
}
