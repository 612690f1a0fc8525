import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type RunningApp, startApp } from '../../support/host-app.ts';

describe('startHost, HTTP', () => {
  let app: RunningApp;
  let url: string;

  beforeAll(async () => {
    app = await startApp({
      app: 'host-app',
      storageConnectionString: inject('storageConnectionString'),
      settings: { FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: '1000000' },
    });
    url = app.host.url;
  });

  afterAll(() => app.stop());

  it.each([
    { method: 'GET', path: '/api/items/7', answeredBy: 'item', params: { id: '7' } },
    { method: 'GET', path: '/API/Items/7/', answeredBy: 'item', params: { id: '7' } },
    { method: 'GET', path: '/api/items/7/Notes', answeredBy: 'item', params: { id: '7', tab: 'Notes' } },
    { method: 'GET', path: '/api/items/latest', answeredBy: 'latestItem', params: {} },
    { method: 'GET', path: '/api/items/other', answeredBy: 'namedItem', params: { name: 'other' } },
    { method: 'DELETE', path: '/api/items/7', answeredBy: 'deleteItem', params: { id: '7' } },
    { method: 'GET', path: '/api/files', answeredBy: 'files', params: {} },
    { method: 'GET', path: '/api/files/a/b%20c', answeredBy: 'files', params: { rest: 'a/b c' } },
    { method: 'POST', path: '/api/unrouted', answeredBy: 'unrouted', params: {} },
  ])('runs $answeredBy when asked for $method $path', async ({ method, path, answeredBy, params }) => {
    const response = await fetch(`${url}${path}`, { method });

    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ function: answeredBy, params });
  });

  it.each([
    { when: 'the path is unknown', method: 'GET', path: '/api/nowhere' },
    { when: 'the prefix is missing', method: 'GET', path: '/items/7' },
    { when: 'the method is not listed', method: 'PUT', path: '/api/items/7' },
    { when: 'HEAD is not listed', method: 'HEAD', path: '/api/items/7' },
    { when: 'OPTIONS is not listed', method: 'OPTIONS', path: '/api/items/7' },
    { when: 'no constraint matches', method: 'GET', path: '/api/items/x1' },
    { when: 'there are segments too many', method: 'GET', path: '/api/items/7/a/b' },
  ])('answers 404 without a body when $when', async ({ method, path }) => {
    const response = await fetch(`${url}${path}`, { method });

    expect(response.status).toBe(404);
    expect(await response.text()).toBe('');
  });

  it('shows a request to the handler as the real host does', async () => {
    const response = await send(url, {
      path: '/api/items/3?a=1&A=2&b=x%20y',
      method: 'POST',
      headers: ['Host', 'example.test', 'X-Twice', '1', 'X-Twice', '2', 'Content-Length', '2'],
      body: 'hi',
    });

    expect(JSON.parse(response.text)).toMatchObject({
      method: 'POST',
      url: 'http://example.test/api/items/3?a=1&A=2&b=x%20y',
      query: { a: '1,2', b: 'x y' },
      headers: { 'x-twice': '1,2' },
      body: 'hi',
    });
  });

  it('goes on with the trace of a request under a new span', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

    const response = await fetch(`${url}/api/items/1`, { headers: { traceparent } });

    const { traceParent } = (await response.json()) as { traceParent: string };
    expect(traceParent).toMatch(/^00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-01$/);
    expect(traceParent).not.toBe(traceparent);
  });

  it('hands the bytes of a body over unchanged', async () => {
    const body = randomBytes(300_000);

    const response = await fetch(`${url}/api/bytes`, { method: 'POST', body });

    expect(Buffer.from(await response.arrayBuffer()).equals(body)).toBe(true);
  });

  it('drops a chunked body and says so when it has no Content-Length', async () => {
    const response = await send(url, {
      path: '/api/items/1',
      method: 'POST',
      chunked: true,
      body: '{"lost":true}',
    });

    expect(JSON.parse(response.text)).toMatchObject({ body: '' });
    await app.waitForMessage(/chunked request body was dropped/);
  });

  it('answers 500 and closes the connection when a body is over the limit', async () => {
    const response = await send(url, {
      path: '/api/bytes',
      method: 'POST',
      headers: ['Host', 'localhost', 'Content-Length', '1000001'],
      body: '',
    });

    expect(response.status).toBe(500);
    expect(response.headers.connection).toBe('close');
  });

  it.each([
    { path: '/api/nothing', status: 204, body: '' },
    { path: '/api/failing', status: 500, body: '' },
    { path: '/api/bare', status: 500, body: '' },
    { path: '/api/text', status: 418, body: 'short and stout' },
    { path: '/api/hooked', status: 200, body: 'mended' },
  ])('answers $status when asked for $path', async ({ path, status, body }) => {
    const response = await fetch(`${url}${path}`);

    expect(response.status).toBe(status);
    expect(await response.text()).toBe(body);
  });

  it('sends a text body as text/plain in chunks, with the headers of the handler', async () => {
    const { headers } = await send(url, { path: '/api/text', method: 'GET', body: '' });

    expect(headers).toMatchObject({
      'content-type': 'text/plain; charset=UTF-8',
      'x-pot': 'tea',
      'transfer-encoding': 'chunked',
    });
  });

  it('sends the last Set-Cookie header and then the cookies', async () => {
    const response = await fetch(`${url}/api/cookies`);

    expect(response.headers.getSetCookie()).toEqual([
      'last=2',
      'plain=a%20b; path=/',
      'strict=c; max-age=60; path=/x; secure; samesite=strict; httponly',
    ]);
  });

  it('runs hooks around the handler', () => {
    expect(app.messagesOf('hooked').slice(0, 2)).toEqual(['before', 'after']);
  });

  it('asks for no keys when none are configured', async () => {
    const response = await fetch(`${url}/api/masterOnly`);

    expect(response.status).toBe(200);
  });

  it('answers the admin endpoints', async () => {
    const ping = await fetch(`${url}/admin/host/ping`);
    const status = await fetch(`${url}/admin/host/status`);
    const unknown = await fetch(`${url}/admin/functions/nobody`, { method: 'POST', body: '{}' });

    expect(ping.status).toBe(200);
    expect(await status.json()).toMatchObject({ state: 'Running' });
    expect(unknown.status).toBe(404);
  });

  it('runs a function other than an HTTP one when the admin endpoint is asked to', async () => {
    const body = JSON.stringify({ input: '{"from":"admin"}' });

    const response = await fetch(`${url}/admin/functions/work`, { method: 'POST', body });

    expect(response.status).toBe(202);
    expect(await app.waitForMessage(/^worked .*admin/)).toBe('worked {"from":"admin"}');
  });

  it('writes no address of a request to the log', () => {
    expect(app.logged.filter(({ message }) => message.includes('b=x'))).toEqual([]);
  });
});

describe('startHost, keys', () => {
  let app: RunningApp;

  beforeAll(async () => {
    app = await startApp({
      app: 'host-app',
      storageConnectionString: inject('storageConnectionString'),
      auth: { hostKey: 'host', masterKey: 'master', functionKeys: { keyed: 'own' } },
    });
  });

  afterAll(() => app.stop());

  it.each([
    { path: '/api/keyed', key: undefined, status: 401 },
    { path: '/api/keyed', key: 'wrong', status: 401 },
    { path: '/api/keyed', key: 'own', status: 200 },
    { path: '/api/keyed', key: 'host', status: 200 },
    { path: '/api/keyed', key: 'master', status: 200 },
    { path: '/api/keyed?CODE=own', key: undefined, status: 200 },
    { path: '/api/keyed?code=own', key: 'wrong', status: 401 },
    { path: '/api/masterOnly', key: 'host', status: 401 },
    { path: '/api/masterOnly', key: 'master', status: 200 },
    { path: '/api/text', key: 'wrong', status: 418 },
    { path: '/admin/host/status', key: 'host', status: 401 },
    { path: '/admin/host/status', key: 'master', status: 200 },
    { path: '/admin/host/ping', key: undefined, status: 200 },
  ])('answers $status for $path when the key is $key', async ({ path, key, status }) => {
    const headers: Record<string, string> = key === undefined ? {} : { 'x-functions-key': key };

    const response = await fetch(`${app.host.url}${path}`, { headers });

    expect(response.status).toBe(status);
    if (status === 401) expect(await response.text()).toBe('');
  });
});

interface SentRequest extends RequestOptions {
  readonly body: string;
  readonly chunked?: boolean;
}

/** fetch decides some headers itself: this sends exactly what a test says. */
async function send(url: string, { body, chunked, ...options }: SentRequest) {
  const request = httpRequest(url, options);
  if (chunked === true) request.setHeader('transfer-encoding', 'chunked');
  const answered = once(request, 'response') as Promise<[IncomingMessage]>;
  request.end(body);
  const [response] = await answered;
  let text = '';
  for await (const chunk of response as AsyncIterable<Buffer>) text += chunk.toString();
  return { status: response.statusCode, headers: response.headers, text };
}
