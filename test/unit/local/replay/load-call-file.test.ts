import { describe, expect, it } from 'vitest';
import { InputError } from '../../../../local/command-line.ts';
import { describeStorage } from '../../../../local/replay/describe-storage.ts';
import { loadCallFile, readStoredCall } from '../../../../local/replay/load-call-file.ts';
import type { ListPorts } from '../../../../shared/processing/list-calls.ts';

const KEY = 'c2VjcmV0';
const NOWHERE = `DefaultEndpointsProtocol=http;AccountName=store;AccountKey=${KEY};TableEndpoint=http://127.0.0.1:9/store;QueueEndpoint=http://127.0.0.1:9/store`;

describe('loadCallFile', () => {
  it('says which storage cannot be reached, and never its key', async () => {
    const loading = loadCallFile('c01m8c0md7jvnh76gwvb4kz8cbc', { AzureWebJobsStorage: NOWHERE });

    const error = await loading.catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(InputError);
    expect(String(error)).toMatch(
      /cannot be reached \(http:\/\/127\.0\.0\.1:9\/store\): .*AzureWebJobsStorage/,
    );
    expect(String(error)).not.toContain(KEY);
  });

  it('says which setting cannot be used', async () => {
    await expect(loadCallFile('c1', { AzureWebJobsStorage: 'nonsense' })).rejects.toThrow(
      /^The settings cannot be used\. AzureWebJobsStorage: expected a connection string/,
    );
  });

  it.each([
    ['a file that is not there', '/nowhere/call.json', '/nowhere/call.json is not there'],
    ['a folder', import.meta.dirname, 'is a folder'],
    ['a file of another kind', import.meta.filename, 'is not JSON, or is cut short'],
  ])('says what is wrong with %s', async (_, path, message) => {
    await expect(loadCallFile(path)).rejects.toThrow(message);
    await expect(loadCallFile(path)).rejects.toBeInstanceOf(InputError);
  });
});

describe('readStoredCall', () => {
  const CALL = { callKey: 'c1' };

  /** A call whose head says less than its journal, as when it went on between the two. */
  function portsOf(journalCount: number, entries: number): ListPorts {
    const journal = Array.from({ length: entries }, (_, index) => ({ number: index + 1 }));
    const calls = {
      load: () => Promise.resolve({ call: CALL, journalCount }),
      journal: () => Promise.resolve(journal),
    };
    return { calls, index: {} } as unknown as ListPorts;
  }

  it('reads as much of the journal as the head says, and says what it leaves out', async () => {
    const loaded = await readStoredCall(portsOf(2, 5), 'c1');

    expect(loaded?.file).toEqual({ callKey: 'c1', journal: [{ number: 1 }, { number: 2 }], stored: CALL });
    expect(loaded?.note).toContain('3 events');
  });

  it('says nothing of a call that rests', async () => {
    const loaded = await readStoredCall(portsOf(2, 2), 'c1');

    expect(loaded?.file.journal).toHaveLength(2);
    expect(loaded?.note).toBeUndefined();
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
