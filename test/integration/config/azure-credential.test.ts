import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Azurite, startAzurite } from '../../../local/azurite.ts';
import { compose } from '../../../shared/compose.ts';
import { readSettings } from '../../../shared/config/settings.ts';
import { type IdentityServer, startIdentityServer } from '../../support/identity-server.ts';

const CERTIFICATE = resolve(import.meta.dirname, '..', '..', 'fixtures', 'loopback-certificate');
const CLIENT_ID = '11111111-2222-3333-4444-555555555555';

// Azurite over https that takes tokens in place of keys, and a managed identity that gives them.
describe('storage by identity', () => {
  const trustedBefore = getCACertificates('default');
  let location: string;
  let azurite: Azurite;
  let identity: IdentityServer;

  beforeAll(async () => {
    location = await mkdtemp(join(tmpdir(), 'ringback-test-'));
    const [cert, key] = ['cert.pem', 'key.pem'].map(file => join(CERTIFICATE, file)) as [string, string];
    azurite = await startAzurite({ location, args: ['--oauth', 'basic', '--cert', cert, '--key', key] });
    setDefaultCACertificates([...trustedBefore, await readFile(cert, 'utf8')]);
    identity = await startIdentityServer();
    Object.assign(process.env, identity.environment);
  });

  afterAll(async () => {
    for (const name of Object.keys(identity.environment)) delete process.env[name];
    setDefaultCACertificates(trustedBefore);
    identity.close();
    await azurite.stop();
    await rm(location, { recursive: true, force: true });
  });

  it('makes, writes and reads tables and queues with one token of the managed identity', async () => {
    const { queue, table } = azurite.ports;
    const services = compose(
      () => undefined,
      readSettings({
        AzureWebJobsStorage__queueServiceUri: `https://127.0.0.1:${queue}/devstoreaccount1`,
        AzureWebJobsStorage__tableServiceUri: `https://127.0.0.1:${table}/devstoreaccount1`,
        AzureWebJobsStorage__credential: 'managedidentity',
        AzureWebJobsStorage__clientId: CLIENT_ID,
      }),
    );

    await services.ensureStorage();
    await services.callActions.put('a message');
    const [message] = await services.callActions.receive(1, 30);

    expect(message?.text).toBe('a message');
    expect(await services.calls.load('nobody')).toBeUndefined();
    expect(new Set(identity.requests.map(String))).toEqual(
      new Set([`https://storage.azure.com,${CLIENT_ID}`]),
    );
  });
});
