import type { Finding } from './finding.ts';

/** A version of a flow with the hash of all that it is made of. */
export interface FlowVersion {
  readonly name: string;
  readonly version: number;
  readonly hash: string;
}

/**
 * Whether flows that calls may run by are still what they were when they were released. Pure.
 *
 * @param current every flow of the registry.
 * @param released what `flows/versions.json` says.
 */
export function checkVersions(
  current: readonly FlowVersion[],
  released: readonly FlowVersion[],
): readonly Finding[] {
  return [
    ...twice(current).map(flow =>
      finding(
        'sameVersion',
        flow,
        'It is in the registry twice. Give one of them another version, or another name.',
      ),
    ),
    ...released.flatMap(known => checkReleased(known, current)),
  ];
}

function checkReleased(known: FlowVersion, current: readonly FlowVersion[]): Finding[] {
  const now = current.find(flow => keyOf(flow) === keyOf(known));
  if (now === undefined) {
    return [
      finding(
        'releasedMissing',
        known,
        'It was released and is not in the registry: events of calls that it runs would be parked. Put it back, or take it out of flows/versions.json when no open call needs it.',
      ),
    ];
  }
  if (now.hash === known.hash) return [];
  return [
    finding(
      'releasedChanged',
      known,
      `It was changed after its release, and calls that it runs would decide otherwise than they did. Undo that; for the change, copy the file, as version ${known.version + 1}, and keep both in the registry.`,
    ),
  ];
}

function twice(flows: readonly FlowVersion[]): readonly FlowVersion[] {
  return flows.filter((flow, index) => flows.findIndex(other => keyOf(other) === keyOf(flow)) < index);
}

function keyOf({ name, version }: FlowVersion): string {
  return `${name}/${version}`;
}

function finding(rule: string, { name, version }: FlowVersion, message: string): Finding {
  return { rule, where: `${name}, version ${version}`, message };
}
