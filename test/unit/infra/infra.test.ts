import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HOST_SETTINGS } from '../../../scripts/infra/host-settings.ts';
import { readIncomingRoutes } from '../../../shared/actions/incoming-routes.ts';
import { STORAGE_NAMES } from '../../../shared/compose-storage.ts';
import { describeSettings } from '../../../shared/config/settings-schema.ts';
import { PARKED_REASONS } from '../../../shared/store/parked-store.ts';

const ROOT = resolve(import.meta.dirname, '..', '..', '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

interface Resource {
  readonly type: string;
  readonly name: string;
  readonly properties?: Readonly<Record<string, unknown>>;
}

interface Snapshot {
  readonly predictedResources: readonly Resource[];
  readonly predictedOutputs?: Readonly<Record<string, unknown>>;
}

// `npm run lint:infra` holds the snapshot against the Bicep.
const snapshot = JSON.parse(read('infra/snapshot/main.snapshot.json')) as Snapshot;

function ofType(type: string): readonly Resource[] {
  return snapshot.predictedResources.filter(resource => resource.type === type);
}

function lastNames(type: string): string[] {
  return ofType(type).map(({ name }) => name.split('/').at(-1) ?? '');
}

/** The names in a `var … = { … }` of a Bicep file. */
function namesIn(bicep: string, variable: string): string[] {
  const body = new RegExp(`var ${variable} = \\{\\n(.*?)\\n\\}`, 's').exec(bicep)?.[1] ?? '';
  return [...body.matchAll(/^ {2}(\w+):/gm)].map(match => match[1] ?? '');
}

describe('infra/modules/function-app.bicep', () => {
  const bicep = read('infra/modules/function-app.bicep');

  // A setting was added? Give it a line in `appSettings`, or say in its `onAzureInstead` what is set in its place.
  it('sets every setting that the app reads, and none other', () => {
    const deployed = [...describeSettings()].filter(([, info]) => info.onAzureInstead === undefined);

    expect(namesIn(bicep, 'appSettings').toSorted()).toEqual(deployed.map(([name]) => name).toSorted());
  });

  it('sets what the host reads as the documentation says', () => {
    expect(namesIn(bicep, 'hostSettings').toSorted()).toEqual(
      HOST_SETTINGS.map(({ name }) => name).toSorted(),
    );
  });

  it('names functions that exist where it keeps instances ready', () => {
    const functions = [...bicep.matchAll(/'function:(\w+)'/g)].map(match => match[1] ?? '');

    expect(functions).not.toHaveLength(0);
    for (const name of functions) expect(read('functions/process-call-events.ts')).toContain(`'${name}'`);
  });
});

describe('infra/main.parameters.json', () => {
  const parameters = JSON.parse(read('infra/main.parameters.json')) as {
    readonly parameters: Readonly<Record<string, { readonly value: string }>>;
  };

  it('gives a value to every parameter of main.bicep', () => {
    const declared = [...read('infra/main.bicep').matchAll(/^param (\w+)/gm)].map(match => match[1] ?? '');

    expect(Object.keys(parameters.parameters).toSorted()).toEqual(declared.toSorted());
  });

  it('takes from the environment of azd what docs/deploy.md says', () => {
    const names = [...read('infra/main.parameters.json').matchAll(/"\$\{(\w+)/g)].map(
      match => match[1] ?? '',
    );
    // What azd itself knows: the environment, the region, who is logged in.
    const told = names.filter(name => !/^AZURE_(ENV_NAME|LOCATION|PRINCIPAL_ID)$/.test(name));
    const page = read('docs/deploy.md');

    expect(told.length).toBeGreaterThan(10);
    for (const name of told) expect(page).toContain(`\`${name}\``);
  });

  it('has every secret generated, under the name by which it is kept', () => {
    const secure = [...read('infra/main.bicep').matchAll(/@secure\(\)(?:\n@.*)*\nparam (\w+)/g)];
    // Whoever receives telemetry says what its key is.
    const secrets = secure.filter(([, name]) => name !== 'telemetryHeaders');
    const kept = lastNames('Microsoft.KeyVault/vaults/secrets');
    const generated = secrets.map(match => parameters.parameters[match[1] ?? '']?.value ?? '');

    expect(generated.toSorted()).toEqual(
      kept.map(name => `$(secretOrRandomPassword \${AZURE_KEY_VAULT_NAME} ${name})`).toSorted(),
    );
  });
});

describe('the resources of infra/', () => {
  it('hold the tables and queues that the app uses', () => {
    const prefix = 'Microsoft.Storage/storageAccounts';

    expect(lastNames(`${prefix}/tableServices/tables`).toSorted()).toEqual(
      Object.values(STORAGE_NAMES.tables).toSorted(),
    );
    expect(lastNames(`${prefix}/queueServices/queues`).toSorted()).toEqual(
      Object.values(STORAGE_NAMES.queues).toSorted(),
    );
  });

  it.each([
    {
      type: 'Microsoft.Storage/storageAccounts',
      properties: { allowSharedKeyAccess: false, allowBlobPublicAccess: false },
    },
    { type: 'Microsoft.Insights/components', properties: { DisableLocalAuth: true } },
    {
      type: 'Microsoft.OperationalInsights/workspaces',
      properties: { features: { disableLocalAuth: true } },
    },
    { type: 'Microsoft.KeyVault/vaults', properties: { enableRbacAuthorization: true } },
    { type: 'Microsoft.Web/sites/basicPublishingCredentialsPolicies', properties: { allow: false } },
  ])('open $type by identity alone', ({ type, properties }) => {
    expect(ofType(type)).not.toHaveLength(0);
    for (const resource of ofType(type)) expect(resource.properties).toMatchObject(properties);
  });

  it('try an incoming call twice, within a minute', () => {
    const [subscription] = ofType('Microsoft.EventGrid/systemTopics/eventSubscriptions');

    expect(subscription?.properties).toMatchObject({
      filter: { includedEventTypes: ['Microsoft.Communication.IncomingCall'] },
      retryPolicy: { maxDeliveryAttempts: 2, eventTimeToLiveInMinutes: 1 },
    });
  });

  it('show no secret in what they put out', () => {
    const outputs = [...read('infra/main.bicep').matchAll(/^output .*$/gm)].map(String);
    const text = JSON.stringify(snapshot);

    expect(outputs.filter(line => /secret(?!s\.outputs\.name)|password|\bkey\b/i.test(line))).toEqual([]);
    expect(text).not.toContain('not a secret');
  });
});

describe('the documents for operators', () => {
  it('says of every reason for parking what to do', () => {
    const runbook = read('docs/operate.md');

    for (const reason of PARKED_REASONS) expect(runbook.split(`| \`${reason}\` |`)).toHaveLength(2);
  });

  it('says of every warning and error of the log what it means', () => {
    const catalogue = read('shared/telemetry/log-events.ts');
    const told = [...catalogue.matchAll(/name: '(\w+)',\s+level: '(?:warn|error)'/g)].map(
      match => match[1] ?? '',
    );
    const runbook = read('docs/operate.md');

    expect(told.length).toBeGreaterThan(10);
    for (const name of told) expect(runbook).toContain(`\`${name}\``);
  });

  // azd puts a value into the text of main.parameters.json before it reads that as JSON.
  it('sets a list of routes so that what azd makes of it is one', () => {
    const [, value = ''] = /azd env set INCOMING_CALL_ROUTES '(.*)'/.exec(read('docs/deploy.md')) ?? [];
    const filled = read('infra/main.parameters.json').replace(/\$\{INCOMING_CALL_ROUTES=\}/, () => value);
    const { parameters } = JSON.parse(filled) as {
      readonly parameters: { readonly incomingCallRoutes: { readonly value: string } };
    };

    expect(readIncomingRoutes(parameters.incomingCallRoutes.value)).toMatchObject({ ok: true });
  });
});

describe('the alerts of infra/', () => {
  const bicep = read('infra/modules/alerts.bicep');

  it('look for events that are in the catalogue of the log', () => {
    const looked = [...bicep.matchAll(/Message has "(\w+)"/g)].map(match => match[1] ?? '');
    const catalogue = read('shared/telemetry/log-events.ts');

    expect(looked).toHaveLength(5);
    for (const name of looked) expect(catalogue).toContain(`name: '${name}', level: 'warn'`);
  });

  const names = [...bicep.matchAll(/^ {4}name: '([\w-]+)'$/gm)].map(match => match[1] ?? '');

  it('are as many as they are paid for', () => {
    const { assumptions } = JSON.parse(read('bench/cost/prices.json')) as {
      readonly assumptions: { readonly alertRules: { readonly value: number } };
    };

    expect(names).toHaveLength(assumptions.alertRules.value);
  });

  it('look for a run of every minute, where they look for one at all', () => {
    const looked = [...bicep.matchAll(/Name has "(\w+)"/g)].map(match => match[1] ?? '');

    expect(looked).toEqual(['sweep']);
    expect(read('functions/sweep.ts')).toMatch(/app\.timer\('sweep', \{\s+schedule: '0 \* \* \* \* \*'/);
  });

  it('tell of an app that is silent by a row that is there when nothing else is', () => {
    const rule = ofType('Microsoft.Insights/scheduledQueryRules').find(({ name }) =>
      name.startsWith('silent-'),
    );

    expect(rule?.properties).toMatchObject({
      windowSize: 'PT15M',
      criteria: {
        allOf: [
          {
            query: expect.stringMatching(/\| summarize runs = count\(\) \| where runs == 0$/) as string,
            timeAggregation: 'Count',
            operator: 'GreaterThan',
            threshold: 0,
          },
        ],
      },
    });
  });

  it('are told of in docs/operate.md, each under its name', () => {
    const runbook = read('docs/operate.md');

    expect(names.length).toBeGreaterThan(3);
    for (const name of names) expect(runbook).toContain(`### ${name}\n`);
  });
});
