import { describe, expect, it } from 'vitest';
import { parseHostConfig } from '../../../../local/host/host-config.ts';

describe('parseHostConfig', () => {
  it('uses the defaults of a development machine when host.json says nothing', () => {
    expect(parseHostConfig({ version: '2.0' }, {})).toEqual({
      routePrefix: 'api',
      queues: {
        batchSize: 16,
        newBatchThreshold: 8,
        visibilityTimeoutMs: 0,
        maxDequeueCount: 5,
        maxPollingIntervalMs: 2_000,
        messageEncoding: 'base64',
      },
      functionTimeoutMs: 1_800_000,
    });
  });

  it('lets settings override host.json, whatever the case of their names', () => {
    const hostJson = {
      version: '2.0',
      extensions: { queues: { batchSize: 4, maxPollingInterval: '00:00:05' } },
    };

    const { queues, functionTimeoutMs } = parseHostConfig(hostJson, {
      AzureFunctionsJobHost__extensions__queues__maxPollingInterval: '00:00:00.250',
      AzureFunctionsJobHost__Extensions__Queues__MaxDequeueCount: '2',
      AzureFunctionsJobHost__functionTimeout: '-1',
    });

    expect(queues).toMatchObject({
      batchSize: 4,
      newBatchThreshold: 2,
      maxPollingIntervalMs: 250,
      maxDequeueCount: 2,
    });
    expect(functionTimeoutMs).toBeUndefined();
  });

  it('takes an empty route prefix and trims slashes from others', () => {
    const prefixOf = (routePrefix: string) =>
      parseHostConfig({ version: '2.0', extensions: { http: { routePrefix } } }, {}).routePrefix;

    expect([prefixOf(''), prefixOf('/v1/')]).toEqual(['', 'v1']);
  });

  it.each([
    { queues: { batchSize: 33 }, reason: '"extensions.queues.batchsize" cannot be 33' },
    { queues: { visibilityTimeout: '30' }, reason: 'is not a time span' },
    { queues: { messageEncoding: 'utf8' }, reason: 'must be "base64" or "none"' },
  ])('throws when $reason', ({ queues, reason }) => {
    expect(() => parseHostConfig({ version: '2.0', extensions: { queues } }, {})).toThrow(reason);
  });

  it('throws when the version is not 2.0', () => {
    expect(() => parseHostConfig({}, {})).toThrow('"version" must be "2.0"');
  });
});
