import { describeSettings } from '../../shared/config/settings-schema.ts';
import { HOST_SETTINGS } from '../infra/host-settings.ts';

/** Writes docs/settings.md: what the app reads, from its schema, and what only the host reads. */
export function settingsPage(): string {
  const rows = [...describeSettings()].map(
    ([name, { what, expected, example, otherwise, onAzureInstead }]) => {
      const inPlace = onAzureInstead === undefined ? '' : ` On Azure: ${onAzureInstead}.`;
      return `| \`${name}\` | ${what}${inPlace} | ${expected}, such as \`${example}\` | ${otherwise} |`;
    },
  );
  const hostRows = HOST_SETTINGS.map(({ name, what }) => `| \`${name}\` | ${what} |`);
  return `# Settings

Written by \`npm run docs:generate\` from \`shared/config/settings-schema.ts\`; nothing else reads the environment. A setting
that is wrong or missing stops the start, with its name, what is expected and an example; an empty one counts as not set.
Locally they are \`Values\` of \`local.settings.json\`; on Azure \`infra/\` sets them all.

| setting | what | expected | where it is not set |
|---|---|---|---|
${rows.join('\n')}

Storage is reached by \`AzureWebJobsStorage\` where it is set, else by identity; the triggers of the Functions host follow the
same settings. Communication Services likewise: \`ACS_CONNECTION_STRING\`, else \`ACS_ENDPOINT\`. The embedded local host takes
a connection string only.

## What the Functions host reads

\`infra/\` sets these beside the ones above. Any value of \`host.json\` can be overridden in the same way, with \`__\` between its
levels.

| setting | what |
|---|---|
${hostRows.join('\n')}
`;
}
