import { stateName } from '../state-name.ts';
import { type Edge, type Exploration, PLACES_MAX, type Place } from './explore.ts';
import { type Finding, findingsOf } from './finding.ts';
import { loopsIn } from './loops.ts';
import type { StepFault } from './step.ts';

type Finder = ReturnType<typeof findingsOf>;

/** What is wrong with what can happen to a flow: each kind of fault once for each state. Pure. */
export function checkPlaces(name: string, exploration: Exploration): readonly Finding[] {
  const found = findingsOf(name);
  const { places, faults, isCutShort } = exploration;
  if (isCutShort) return [found('endless', null, ENDLESS)];
  return once([
    ...faults.map(fault => faultFinding(fault, found)),
    ...checkStart(exploration, found),
    ...places.flatMap(place => [
      ...checkEnd(place, found),
      ...place.edges.flatMap(edge => checkActs(place, edge, found)),
    ]),
    ...checkLoops(places, found),
  ]);
}

const ENDLESS = `More than ${PLACES_MAX.toLocaleString('en')} different situations can come about. Where something in its context counts up, or grows, without a bound: bound it with a guard. Where there is only much to try: make the example smaller (fewer rounds, shorter codes), or have the check press fewer keys, by \`keys\`.`;

const FAULTS: Readonly<Record<StepFault['rule'], (fault: StepFault) => string>> = {
  throws: ({ on, detail }) =>
    `It throws when told ${on}: ${detail}. A guard or an assignment must work for every signal.`,
  spins: ({ on }) =>
    `Told ${on}, it goes from state to state for ever without waiting for anything: \`always\` or \`raise\` lead back to where they began. Let one of the states wait, for a signal or a time-out.`,
  mutates: ({ on, detail }) =>
    `It changes its context in place when told ${on} (${detail}). Return new values from \`assign\`.`,
  notPlain: ({ detail }) =>
    `What it remembers is no plain JSON: ${detail}. It is stored between signals as JSON.`,
  notPure: ({ on, detail }) =>
    detail !== ''
      ? `Told ${on}, it calls ${detail}. What it decides must depend on the signal and its context alone: ask for an action instead, or use \`after\`.`
      : `Told ${on} twice in the same situation, it decides differently. No clock, no randomness: a call is replayed from its journal.`,
  wrongTimeOut: ({ on, detail }) =>
    `Told ${on}, it arms a time-out that cannot be: ${detail}. Use 0 to 604,800,000 (seven days), and name only delays that the machine has.`,
  wrongAction: ({ on, detail }) => `Told ${on}, it wants something that cannot be done: ${detail}.`,
};

function faultFinding(fault: StepFault, found: Finder): Finding {
  return found(fault.rule, fault.state, FAULTS[fault.rule](fault));
}

function checkEnd(place: Place, found: Finder): Finding[] {
  const { situation, edges } = place;
  const where = stateName(situation.snapshot.value);
  if (situation.line === 'over' && situation.status === 'active') {
    return [
      found(
        'goesOnAfterTheEnd',
        where,
        'It is here when the call is over, and nothing more will be heard. Lead `disconnected` to a final state.',
      ),
    ];
  }
  if (situation.status === 'active' && edges.length === 0) {
    return [
      found(
        'stuck',
        where,
        'Nothing more can happen here, and it is no end. Add a transition, or a time-out.',
      ),
    ];
  }
  if (situation.line === 'connected' && situation.status === 'active' && situation.timers.length === 0) {
    return [
      found(
        'noTimeOut',
        where,
        'No time-out runs here, so that it can wait for ever: whoever is called need not do anything. Give every state on the line an `after`.',
      ),
    ];
  }
  return [];
}

function checkActs({ situation }: Place, { decided, to, stimulus }: Edge, found: Finder): Finding[] {
  const where = stateName(situation.snapshot.value);
  const on = stimulus.key;
  const after = to.situation;
  const findings: Finding[] = [];
  const isLeft = after.status === 'done' && after.line !== 'over' && !after.isHungUp;
  if (isLeft) {
    findings.push(
      found(
        'lineLeftOpen',
        where,
        `It ends when told ${on}, and the line stays open. Hang up first: \`entry: 'hangUp'\` in a state before the end.`,
      ),
    );
  }
  const redials = decided.decision.actions.filter(({ kind }) => kind === 'dialAgain').length;
  if (redials + Number(situation.isRedialled) > 1) {
    findings.push(
      found(
        'dialsTwice',
        where,
        `Told ${on}, it dials again, and has done so already: every call would lead to two. Do it once, where the call is known to be over.`,
      ),
    );
  }
  const requests = decided.decision.actions.filter(
    ({ kind }) => kind !== 'hangUp' && kind !== 'endForAll' && kind !== 'dialAgain',
  );
  const [request] = requests;
  if (request === undefined) return findings;
  if (situation.isHungUp && stimulus.label !== 'disconnected') {
    findings.push(
      found(
        'actsAfterHangUp',
        where,
        `Told ${on}, it wants ${request.kind} on a line that it has hung up, which would be skipped. Do it before \`hangUp\`.`,
      ),
    );
  }
  if (after.line === 'setUp') findings.push(tooEarly(where, on, { request, found }));
  return findings;
}

function checkStart({ start }: Exploration, found: Finder): Finding[] {
  const [request] = start?.decided.decision.actions ?? [];
  if (start === undefined || request === undefined) return [];
  return [tooEarly(stateName(start.situation.snapshot.value), 'its beginning', { request, found })];
}

function tooEarly(
  where: string,
  on: string,
  { request, found }: { readonly request: { readonly kind: string }; readonly found: Finder },
): Finding {
  return found(
    'actsBeforeAnswer',
    where,
    `Told ${on}, it wants ${request.kind} before anybody has answered. Wait for \`connected\`.`,
  );
}

function checkLoops(places: readonly Place[], found: Finder): Finding[] {
  return loopsIn(places).map(({ place, edge, byItself }) =>
    found(
      'unboundedLoop',
      stateName(place.situation.snapshot.value),
      `It comes back here for ever${byItself ? ', though nobody does anything' : ''}: told ${edge.stimulus.key}, again and again. Count the rounds in the context, and bound them with a guard.`,
    ),
  );
}

function once(findings: readonly Finding[]): Finding[] {
  const seen = new Map<string, Finding>();
  for (const finding of findings) {
    const key = `${finding.rule} ${finding.where}`;
    if (!seen.has(key)) seen.set(key, finding);
  }
  return [...seen.values()];
}
