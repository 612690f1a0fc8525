import { createCommunicationAuthPolicy } from '@azure/communication-common';
import { createPipelineRequest, type PipelineResponse } from '@azure/core-rest-pipeline';
import { afterEach, describe, expect, it, vi } from 'vitest';

afterEach(() => {
  vi.useRealTimers();
});

describe('the policy that signs requests', () => {
  // Made with openssl from the text that the service describes, and the key `secret-key`.
  it.each([
    {
      method: 'POST',
      path: '/calling/calls',
      body: '{"a":1}',
      made: 'e56da2/cYglDQYBVfatuwoDknQR2mHWFGKG9fTU8olI=',
    },
    { method: 'DELETE', path: '/calling/calls/leg-1', made: 'CKKCtOKeEiC7Qe5yDl68hGEaWnZp8CdKIGb/vjTba0Y=' },
  ] as const)('makes the known signature of a $method', async ({ method, path, made, ...rest }) => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2021, 4, 5, 20, 8, 39) });
    const policy = createCommunicationAuthPolicy({ key: 'c2VjcmV0LWtleQ==' });
    const url = `https://contoso.communication.azure.com${path}?api-version=2021-05-28-preview2`;
    const request = createPipelineRequest({ method, url, ...rest });

    await policy.sendRequest(request, async () => ({}) as PipelineResponse);

    expect(request.headers.get('authorization')).toBe(
      `HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${made}`,
    );
  });
});
