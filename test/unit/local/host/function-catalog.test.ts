import { describe, expect, it } from 'vitest';
import { catalogFunctions } from '../../../../local/host/function-catalog.ts';
import { parseHostConfig } from '../../../../local/host/host-config.ts';
import type { BindingInfo, FunctionMetadata } from '../../../../local/host/typed-data.ts';

const settings = { AzureWebJobsStorage: 'UseDevelopmentStorage=true', QUEUE: 'Jobs' };

function catalog(functions: readonly FunctionMetadata[], more: Readonly<Record<string, string>> = {}) {
  const logged: string[] = [];
  const found = catalogFunctions(functions, {
    config: parseHostConfig({ version: '2.0', extensions: { http: { routePrefix: '' } } }, {}),
    settings: { ...settings, ...more },
    log: ({ message }) => logged.push(message),
  });
  return { found, logged };
}

function withTrigger(type: string, options: Readonly<Record<string, unknown>> = {}): FunctionMetadata {
  const bindings: Record<string, BindingInfo> = { trigger: { ...options, type, direction: 'in' } };
  if (type === 'httpTrigger') bindings['$return'] = { type: 'http', direction: 'out' };
  return { name: 'sample', bindings };
}

describe('catalogFunctions', () => {
  it('reads an HTTP function and uses its name as the route when it has none', () => {
    const { found } = catalog([withTrigger('httpTrigger', { methods: ['get'], authLevel: 'anonymous' })]);

    expect(found).toMatchObject([
      { kind: 'http', route: 'sample', methods: ['GET'], authLevel: 'anonymous' },
    ]);
  });

  it('fills settings into the queue name and lower-cases it', () => {
    const { found } = catalog([withTrigger('queueTrigger', { queueName: '%QUEUE%', dataType: 'binary' })]);

    expect(found).toMatchObject([{ kind: 'queue', queueName: 'jobs', binary: true }]);
  });

  it('leaves a function out with an error in the log when a setting of its trigger is missing', () => {
    const { found, logged } = catalog([withTrigger('timerTrigger', { schedule: '%NOWHERE%' })]);

    expect(found).toEqual([]);
    expect(logged).toEqual(['Function "sample" is left out: a setting in schedule "%NOWHERE%" is missing.']);
  });

  it.each(['AzureWebJobs.sample.Disabled', 'AzureWebJobs_sample_Disabled'])(
    'leaves a function out when %s is true',
    name => {
      expect(catalog([withTrigger('httpTrigger')], { [name]: 'true' }).found).toEqual([]);
    },
  );

  it.each([
    { what: withTrigger('blobTrigger'), reason: 'the trigger type "blobTrigger" is not supported' },
    {
      what: withTrigger('httpTrigger', { route: '/x' }),
      reason: 'the route "/x" must not start with a slash',
    },
    { what: withTrigger('httpTrigger', { route: 'Admin/x' }), reason: 'starts with "Admin"' },
    {
      what: withTrigger('httpTrigger', { authLevel: 'system' }),
      reason: 'the authLevel "system" is not known',
    },
    { what: withTrigger('queueTrigger'), reason: 'its trigger has no "queueName"' },
    {
      what: withTrigger('queueTrigger', { queueName: 'q', connection: 'Other' }),
      reason: 'the setting "Other" must hold a storage connection string',
    },
    {
      what: withTrigger('timerTrigger', { schedule: 'soon' }),
      reason: 'the schedule "soon" is not an NCRONTAB',
    },
    { what: { ...withTrigger('httpTrigger'), retryOptions: {} }, reason: 'a retry policy is not supported' },
    { what: { ...withTrigger('httpTrigger'), name: '1st' }, reason: 'the name must be letters' },
    { what: { name: 'sample', bindings: {} }, reason: 'it must have exactly one trigger' },
  ])('throws when $reason', ({ what, reason }) => {
    expect(() => catalog([what])).toThrow(reason);
  });

  it('throws when two functions share a method and a route', () => {
    const first = withTrigger('httpTrigger', { route: 'calls', methods: ['GET'] });
    const second = {
      ...withTrigger('httpTrigger', { route: 'CALLS/', methods: ['POST', 'GET'] }),
      name: 'other',
    };

    expect(() => catalog([first, second])).toThrow('Functions "sample" and "other" share GET /CALLS/.');
  });
});
