import { describe, expect, it } from 'vitest';
import { describeStorage } from '../../../../local/replay/describe-storage.ts';
import { loadCallFile } from '../../../../local/replay/load-call-file.ts';

const KEY = 'c2VjcmV0';
const NOWHERE = `DefaultEndpointsProtocol=http;AccountName=store;AccountKey=${KEY};TableEndpoint=http://127.0.0.1:9/store;QueueEndpoint=http://127.0.0.1:9/store`;

describe('loadCallFile', () => {
  it('says which storage cannot be read, and never its key', async () => {
    const loaded = await loadCallFile('c01m8c0md7jvnh76gwvb4kz8cbc', { AzureWebJobsStorage: NOWHERE });

    const reason = expect.stringMatching(
      /^http:\/\/127\.0\.0\.1:9\/store cannot be read: .*AzureWebJobsStorage/,
    ) as string;
    expect(loaded).toEqual({ ok: false, reason });
    expect(JSON.stringify(loaded)).not.toContain(KEY);
  });
});

describe('describeStorage', () => {
  it.each([
    [{ connectionString: NOWHERE }, 'http://127.0.0.1:9/store'],
    [{ connectionString: `AccountName=store;AccountKey=${KEY};EndpointSuffix=core.windows.net` }, 'store'],
    [{ connectionString: 'UseDevelopmentStorage=true' }, 'the Azurite of this machine, on its own ports'],
  ])('names the storage of %j: %s', (storage, name) => {
    expect(describeStorage(storage)).toBe(name);
  });
});
