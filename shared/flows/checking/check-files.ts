import type { Finding } from './finding.ts';

/** The folder of flows as it is and as it should be, by the names of its files. */
export interface FlowFiles {
  /** Where each flow of the registry must be: `party-invitation.ts`. */
  readonly flows: readonly { readonly name: string; readonly file: string }[];
  /** All that are there. */
  readonly present: readonly string[];
  /** The registry, the files of its flows, and what they import. */
  readonly used: ReadonlySet<string>;
}

/** Whether each flow of the registry is where it must be, and each file of the folder in use. Pure. */
export function checkFiles({ flows, present, used }: FlowFiles): readonly Finding[] {
  const missing = flows.filter(({ file }) => !present.includes(file));
  const idle = present.filter(file => !used.has(file));
  return [
    ...missing.map(({ name, file }) => ({
      rule: 'noFile',
      where: name,
      message: `There is no flows/${file}. Give the file the name of its flow, as the page and the version are found by it.`,
    })),
    ...idle.map(file => ({
      rule: 'notRegistered',
      where: `flows/${file}`,
      message: 'Nothing uses it. Add its flow to `FLOWS` in flows/registry.ts, or take the file away.',
    })),
  ];
}
