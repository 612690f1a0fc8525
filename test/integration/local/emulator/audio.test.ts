import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AudioMeter } from '../../../../local/emulator/audio/measure-audio.ts';
import type { AudioLength } from '../../../../local/emulator/core/world.ts';
import { wavFile } from '../../../support/emulator/wav-file.ts';

const FILES: Readonly<Record<string, Buffer>> = {
  '/long.wav': wavFile({ seconds: 30 }),
  '/stereo.wav': wavFile({ seconds: 1, channels: 2 }),
};

let server: Server;
let requests = 0;
beforeAll(async () => {
  server = createServer((request, response) => {
    requests += 1;
    const file = FILES[request.url ?? ''];
    response.writeHead(file === undefined ? 404 : 200).end(file);
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function measure(meter: AudioMeter, uri: string): Promise<AudioLength> {
  const { port } = server.address() as AddressInfo;
  return new Promise(resolve => meter.measure(uri.replace('{port}', String(port)), resolve));
}

describe('AudioMeter', () => {
  it.each([
    { uri: 'http://127.0.0.1:{port}/long.wav', expected: { ok: true, seconds: 30 } },
    { uri: 'http://localhost:{port}/stereo.wav', expected: { ok: false, outcome: { subcode: 8535 } } },
    { uri: 'http://127.0.0.1:{port}/none.wav', expected: { ok: false, outcome: { subcode: 8536 } } },
    { uri: 'http://127.0.0.1:1/unreachable.wav', expected: { ok: true, seconds: 3 } },
    { uri: 'https://media.example.invalid/a.wav', expected: { ok: true, seconds: 3 } },
    { uri: 'https://media.example.invalid/a.wav?seconds=2.5', expected: { ok: true, seconds: 2.5 } },
    { uri: 'https://media.example.invalid/a.wav?durationMs=400', expected: { ok: true, seconds: 0.4 } },
    { uri: 'https://media.example.invalid/a.wav?seconds=long', expected: { ok: true, seconds: 3 } },
    { uri: 'https://x.invalid/a.wav?fail=8535', expected: { ok: false, outcome: { subcode: 8535 } } },
    { uri: 'https://x.invalid/a.wav?fail=8536', expected: { ok: false, outcome: { subcode: 8536 } } },
  ])('measures $uri', async ({ uri, expected }) => {
    expect(await measure(new AudioMeter(), uri)).toMatchObject(expected);
  });

  it('asks for a file once', async () => {
    const meter = new AudioMeter();
    const before = requests;

    for (let index = 0; index < 3; index += 1) await measure(meter, 'http://127.0.0.1:{port}/long.wav');

    expect(requests - before).toBe(1);
  });
});
