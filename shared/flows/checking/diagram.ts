import type { AnyStateMachine } from 'xstate';
import { type ChartState, type ChartTransition, chartOf } from './chart.ts';

/** A statechart as a Mermaid diagram (stateDiagram-v2). Pure: the same machine gives the same text. */
export function diagramOf(machine: AnyStateMachine): string {
  const states = chartOf(machine);
  const [root] = states;
  if (root === undefined) return '';
  return ['stateDiagram-v2', ...inside(root, states, 1), ...everywhere(root, states)].join('\n');
}

function inside(parent: ChartState, states: readonly ChartState[], depth: number): string[] {
  const pad = '  '.repeat(depth);
  const children = states.filter(state => state.parent === parent);
  const begin = parent.initial === null ? [] : [`${pad}[*] --> ${idOf(parent.initial)}`];
  const lines = children.flatMap(child => {
    const within = inside(child, states, depth + 1);
    const block = within.length === 0 ? [] : [`${pad}state ${idOf(child.name)} {`, ...within, `${pad}}`];
    const acts = child.entry.map(({ type }) => type).filter(type => !type.startsWith('xstate.'));
    const note =
      acts.length === 0 ? [] : [`${pad}${idOf(child.name)} : ${shortName(child.name)}\\n${acts.join(', ')}`];
    const end = child.type === 'final' ? [`${pad}${idOf(child.name)} --> [*]`] : [];
    return [...block, ...note, ...end];
  });
  return [...begin, ...lines, ...children.flatMap(child => arrows(child, pad))];
}

/** What the machine answers wherever it is, drawn once from the outside. */
function everywhere(root: ChartState, states: readonly ChartState[]): string[] {
  const lines = arrows({ ...root, name: 'anywhere' }, '  ');
  return lines.length === 0 || states.length === 1 ? [] : ['  state "anywhere" as anywhere', ...lines];
}

function arrows({ name, transitions }: ChartState, pad: string): string[] {
  return transitions
    .filter(({ targets }) => targets.length > 0)
    .flatMap(transition =>
      transition.targets.map(target => `${pad}${idOf(name)} --> ${idOf(target)} : ${labelOf(transition)}`),
    );
}

function labelOf({ label, guard, actions }: ChartTransition): string {
  const acts = actions.map(({ type }) => type).filter(type => !type.startsWith('xstate.'));
  const when = guard === null ? '' : ` [${guard}]`;
  return `${label}${when}${acts.length === 0 ? '' : ` / ${acts.join(', ')}`}`;
}

/** Mermaid takes dots for part of another syntax. */
function idOf(name: string): string {
  return name.replaceAll('.', '_');
}

function shortName(name: string): string {
  return name.split('.').at(-1) ?? name;
}
