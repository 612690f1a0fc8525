import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkDependencies } from '../../../../local/checks/check-dependencies.ts';
import { checkFunctionsHost } from '../../../../local/checks/check-functions-host.ts';
import { checkPorts } from '../../../../local/checks/check-ports.ts';
import { formatCheck } from '../../../../local/checks/check-result.ts';
import { checkSettings } from '../../../../local/checks/check-settings.ts';
import { checkStorageSetting } from '../../../../local/checks/check-storage-setting.ts';
import { checkTempFolder } from '../../../../local/checks/check-temp-folder.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringback-checks-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function writeSettings(file: string, content: string | Readonly<Record<string, unknown>>): void {
  const text = typeof content === 'string' ? content : JSON.stringify({ Values: content });
  writeFileSync(join(folder, file), text);
}

const complete = {
  CALLBACK_SECRET: 's',
  AzureWebJobsStorage: 'UseDevelopmentStorage=true',
  FUNCTIONS_WORKER_RUNTIME: 'node',
};

describe('checkSettings', () => {
  it('is ok with the sample when there is no file of one’s own', async () => {
    writeSettings('local.settings.sample.json', complete);

    expect(await checkSettings(folder, {})).toMatchObject({
      level: 'ok',
      message: expect.stringMatching(/sample/) as string,
    });
  });

  it('is ok when the environment gives what the file leaves empty', async () => {
    writeSettings('local.settings.json', { ...complete, CALLBACK_SECRET: '' });

    expect(await checkSettings(folder, { CALLBACK_SECRET: 'given' })).toMatchObject({ level: 'ok' });
  });

  it.each([
    { when: 'the file is not JSON', content: '{,}', message: 'local.settings.json is not valid JSON.' },
    {
      when: 'a value is a number',
      content: { ...complete, N: 1 },
      message: 'the value of "N" must be a string',
    },
    { when: 'Values is a list', content: '{"Values":[]}', message: '"Values" must be an object' },
    {
      when: 'the storage setting is no connection string',
      content: { ...complete, AzureWebJobsStorage: 'garbage' },
      message: 'The setting AzureWebJobsStorage is not a connection string',
    },
    {
      when: 'a setting is not what the app expects',
      content: { ...complete, RETENTION_DAYS: 'never' },
      message: 'Settings are wrong: RETENTION_DAYS: expected a whole number from 0 to 36500, such as 90.',
    },
    {
      when: 'required settings are missing or empty',
      content: { AzureWebJobsStorage: 'c', CALLBACK_SECRET: '' },
      message: 'CALLBACK_SECRET, FUNCTIONS_WORKER_RUNTIME',
    },
    {
      when: 'calls are to be answered by a flow that there is not',
      content: {
        ...complete,
        INCOMING_CALL_ROUTES: '[{"action":"answer","flow":{"name":"welcome","version":1}}]',
      },
      message: 'Settings are wrong: INCOMING_CALL_ROUTES: /0/flow/name: expected a flow of this app: ',
    },
  ])('fails when $when', async ({ content, message }) => {
    writeSettings('local.settings.json', content);

    const result = await checkSettings(folder, {});

    expect(result.level).toBe('fail');
    expect(result.message).toContain(message);
  });
});

describe('checkStorageSetting', () => {
  it.each([
    'UseDevelopmentStorage=true',
    'usedevelopmentstorage=TRUE',
    'DefaultEndpointsProtocol=https;AccountName=mystore;AccountKey=a2V5PT0=;EndpointSuffix=core.windows.net',
    'DefaultEndpointsProtocol=http;AccountName=a;AccountKey=a2V5;QueueEndpoint=http://127.0.0.1:1/a;TableEndpoint=http://127.0.0.1:2/a;',
    'QueueEndpoint=https://a.queue.core.windows.net;TableEndpoint=https://a.table.core.windows.net;SharedAccessSignature=sv=1&sig=x',
  ])('finds nothing wrong with %s', value => {
    expect(checkStorageSetting(value)).toBeUndefined();
  });

  it.each([
    { value: 'garbage', message: 'it has no DefaultEndpointsProtocol, AccountName, AccountKey' },
    { value: 'AccountName=a;AccountKey=hidden', message: 'it has no DefaultEndpointsProtocol' },
    { value: 'SharedAccessSignature=sig=hidden', message: 'it has no QueueEndpoint, TableEndpoint' },
    {
      value: 'DefaultEndpointsProtocol=https;AccountName=a;AccountKey=hidden',
      message: 'it has neither EndpointSuffix nor QueueEndpoint',
    },
    {
      value:
        'DefaultEndpointsProtocol=https;AccountName=a hidden;AccountKey=hidden;EndpointSuffix=core.windows.net',
      message: 'make no http or https address',
    },
    {
      value: 'QueueEndpoint=hidden;TableEndpoint=https://a.example;SharedAccessSignature=sig=hidden',
      message: 'its QueueEndpoint is not an http or https address',
    },
  ])('says "$message", what is expected, and nothing of the value', ({ value, message }) => {
    const result = checkStorageSetting(value);

    expect(result?.level).toBe('fail');
    expect(result?.message).toContain('The setting AzureWebJobsStorage is not a connection string: ');
    expect(result?.message).toContain(message);
    expect(result?.fix).toContain('UseDevelopmentStorage=true');
    expect(JSON.stringify(result)).not.toContain('hidden');
  });
});

describe('checkPorts', () => {
  let server: Server;
  let port: number;

  beforeEach(async () => {
    server = createServer();
    await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening));
    const address = server.address();
    port = typeof address === 'object' && address !== null ? address.port : 0;
  });

  afterEach(() => server.close());

  it.each([
    { owner: 'the app', ports: () => ({ port, emulatorPort: 0 }), option: '--port' },
    {
      owner: 'the emulator of ACS',
      ports: () => ({ port: 0, emulatorPort: port }),
      option: '--emulator-port',
    },
  ])('fails and names the port when that of $owner is taken', async ({ ports, option }) => {
    const result = (await checkPorts(ports())).find(({ level }) => level === 'fail');

    expect(result).toMatchObject({ message: `Port ${port} is taken.` });
    expect(result?.fix).toContain(`${option} ${port + 1}`);
  });
});

describe('checkDependencies', () => {
  it('is ok in this repository', () => {
    const results = checkDependencies(resolve(import.meta.dirname, '../../../..'));

    expect(results.map(({ level }) => level)).toEqual(['ok', 'ok', 'ok']);
  });

  it('fails and asks for npm ci when packages are missing', () => {
    const [result] = checkDependencies(folder);

    expect(result).toMatchObject({ level: 'fail', fix: 'Run "npm ci".' });
    expect(result?.message).toContain('azurite');
  });
});

describe('checkFunctionsHost', () => {
  it('is ok with the embedded host when Core Tools are not installed', () => {
    expect(checkFunctionsHost({ appRoot: folder, env: {} }).level).toBe('ok');
  });

  it('fails when FUNC_PATH leads nowhere', () => {
    expect(checkFunctionsHost({ appRoot: folder, env: { FUNC_PATH: join(folder, 'gone') } }).level).toBe(
      'fail',
    );
  });
});

describe('checkTempFolder', () => {
  it('fails when the folder is not there', () => {
    expect(checkTempFolder(join(folder, 'gone')).level).toBe('fail');
  });
});

describe('formatCheck', () => {
  it('writes level, finding and what to do on one line', () => {
    expect(formatCheck({ level: 'ok', message: 'All is well.', fix: 'Do nothing.' })).toBe(
      'ok    All is well. Do nothing.',
    );
  });
});
