import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { signCallback } from '../../shared/http/callback-signature.ts';
import { type ApiClient, readProblem } from '../support/api-client.ts';
import { callbackOf, freshCallKey, freshCallLegId, tonePressed } from '../support/wire-events.ts';
import { PREVIOUS_SECRET, REMOTE } from './target.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

/** Callbacks that are turned away, and what is told of why. */
export function refusalCases(api: () => ApiClient): void {
  describe('POST /api/callbacks, who may', () => {
    it.each([
      ['is missing', (url: string) => url.replace(/\?.*/, '')],
      ['is empty', (url: string) => url.replace(/sig=.*/, 'sig=')],
      [
        'is wrong',
        (url: string) => url.replace(/sig=.*/, `sig=${signCallback('another secret', undefined)}`),
      ],
      [
        'is that of another call',
        (url: string) => url.replace(/callbacks\/\w+/, `callbacks/${freshCallKey()}`),
      ],
      [
        'is that of a call and the URL names none',
        (url: string) => url.replace(/callbacks\/\w+/, 'callbacks'),
      ],
    ])('answers 401 and keeps nothing when the signature %s', async (_, change) => {
      const callKey = freshCallKey();
      const leg = freshCallLegId();
      const response = await api().post(change(api().callbackUrl(callKey)), tonePressed(leg, 1));

      expect(response.status).toBe(401);
      expect((await readProblem(response)).type).toBe('urn:ringback:problem:not-authentic');
      // What comes after it, in the same queue, is there before it could be.
      await api().deliver(tonePressed(freshCallLegId(), 1), callKey);
      await api().call(callKey);
      expect(await api().findCall(leg)).toBeUndefined();
      expect(await api().findParked(leg)).toBeUndefined();
      expect(await api().journal(callKey, 1)).toHaveLength(1);
    });

    it('looks at the signature before it looks at the body', async () => {
      const url = api().callbackUrl(freshCallKey(), 'another secret');
      const response = await fetch(url, {
        method: 'POST',
        body: 'no JSON',
        headers: { 'content-type': 'text/plain' },
      });

      expect(response.status).toBe(401);
    });

    // Only a deployment that the suite starts has a previous secret that the suite knows.
    if (REMOTE === undefined) {
      it('takes a callback in that is signed with the previous secret', async () => {
        const callKey = freshCallKey();
        const url = api().callbackUrl(callKey, PREVIOUS_SECRET);
        const response = await api().post(url, tonePressed(freshCallLegId(), 1));

        expect(response.status).toBe(200);
        await api().call(callKey);
      });
    }

    it('answers 400 when the key in the URL cannot be one, even if it is signed', async () => {
      const response = await api().post(api().callbackUrl('not.a.key'), tonePressed(freshCallLegId(), 1));

      expect(response.status).toBe(400);
      expect((await readProblem(response)).type).toBe('urn:ringback:problem:invalid-call-key');
    });
  });

  describe('POST /api/callbacks, what it takes', () => {
    it.each([
      ['it is no JSON', 'hello', JSON_TYPE, 400, 'invalid-json'],
      ['it ends too early', '[{"a":', JSON_TYPE, 400, 'invalid-json'],
      [
        'it is no UTF-8',
        new Uint8Array([0x5b, 0x22, 0xff, 0xfe, 0x22, 0x5d]),
        JSON_TYPE,
        400,
        'invalid-json',
      ],
      ['it is empty', '', JSON_TYPE, 400, 'empty-body'],
      ['it is an empty array', '[]', JSON_TYPE, 400, 'nothing-recognised'],
      ['it is a number', '7', JSON_TYPE, 400, 'nothing-recognised'],
      ['it is null', 'null', JSON_TYPE, 400, 'nothing-recognised'],
      ['it holds nothing that is known', '[{"type":"other"},7]', JSON_TYPE, 400, 'nothing-recognised'],
      ['it is nested too deeply', '['.repeat(501) + ']'.repeat(501), JSON_TYPE, 400, 'too-deep'],
      ['it is nested very deeply', '['.repeat(500_000), JSON_TYPE, 400, 'too-deep'],
      ['it is a text', 'hello', { 'content-type': 'text/plain' }, 400, 'invalid-json'],
      ['it is a form', 'a=1', { 'content-type': 'application/x-www-form-urlencoded' }, 400, 'invalid-json'],
      ['it is UTF-16', Buffer.from('\uFEFF{}', 'utf16le'), JSON_TYPE, 400, 'invalid-json'],
      [
        'it is a list in a list',
        '[[{"type":"Microsoft.Communication.CallConnected"}]]',
        JSON_TYPE,
        400,
        'nothing-recognised',
      ],
      [
        'it is compressed',
        gzipSync('{}'),
        { ...JSON_TYPE, 'content-encoding': 'gzip' },
        415,
        'unsupported-media-type',
      ],
      ['it is larger than 1 MiB', `"${'x'.repeat(1_048_575)}"`, JSON_TYPE, 413, 'too-large'],
    ])('refuses a body when %s', async (_, body, headers, status, name) => {
      const response = await fetch(api().callbackUrl(), { method: 'POST', headers, body });

      expect(response.status).toBe(status);
      expect((await readProblem(response)).type).toBe(`urn:ringback:problem:${name}`);
    });

    it('points at every element when nothing is recognised', async () => {
      const response = await api().post(api().callbackUrl(), [{ type: 'other' }, 7]);

      expect((await readProblem(response)).errors?.map(({ pointer }) => pointer)).toEqual(['/0', '/1']);
    });

    it('keeps nothing of a body with nothing that is recognised', async () => {
      const mark = freshCallLegId();
      await api().post(api().callbackUrl(), [{ type: mark }]);

      expect(await api().findParked(mark)).toBeUndefined();
    });

    it('refuses 1,001 events and takes 1,000', async () => {
      const leg = freshCallLegId();
      // One event over and over: there is but one to record.
      const events = new Array<unknown>(1_001).fill(tonePressed(leg, 1));
      const refused = await api().post(api().callbackUrl(), events);
      const taken = await api().deliver(events.slice(1));

      expect(refused.status).toBe(413);
      expect((await readProblem(refused)).type).toBe('urn:ringback:problem:too-many-events');
      expect(taken).toEqual({ accepted: 1_000, parked: [] });
      expect(await api().journal(leg, 1)).toHaveLength(1);
    });

    it('answers 411 when the body comes in chunks', async () => {
      const url = new URL(api().callbackUrl());
      const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
      const request = send(url, {
        method: 'POST',
        headers: { ...JSON_TYPE, 'transfer-encoding': 'chunked' },
      });
      const answered = once(request, 'response') as Promise<[IncomingMessage]>;
      request.end(JSON.stringify(tonePressed(freshCallLegId(), 1)));
      const [response] = await answered;
      response.resume();

      expect(response.statusCode).toBe(411);
    });

    it('takes a body of exactly 1 MiB', async () => {
      const leg = freshCallLegId();
      const body = JSON.stringify(tonePressed(leg, 1)).padEnd(1_048_576, ' ');
      const response = await fetch(api().callbackUrl(), { method: 'POST', headers: JSON_TYPE, body });

      expect(response.status).toBe(200);
      await api().call(leg);
    });

    it.each([
      'application/cloudevents-batch+json; charset=utf-8',
      'text/plain;charset=UTF-8',
      'application/octet-stream',
      'application/x-www-form-urlencoded',
      '',
    ])('takes JSON that calls itself %j', async type => {
      const leg = freshCallLegId();
      const body = Buffer.from(`\uFEFF\r\n${JSON.stringify([tonePressed(leg, 1)])}\n`);
      const headers: Record<string, string> = type === '' ? {} : { 'content-type': type };
      const response = await fetch(api().callbackUrl(), { method: 'POST', headers, body });

      expect(response.status).toBe(200);
      await api().call(leg);
    });

    it('takes a CloudEvent that has its attributes in headers', async () => {
      const connection = freshCallLegId();
      const [event] = callbackOf('ga/CallConnected', connection) as [Record<string, string>];
      const attributes = ['specversion', 'id', 'source', 'type', 'time', 'subject'].map(name => [
        `ce-${name}`,
        event[name] ?? '',
      ]);
      const headers = { ...JSON_TYPE, ...(Object.fromEntries(attributes) as Record<string, string>) };
      const body = JSON.stringify(event['data']);
      const response = await fetch(api().callbackUrl(), { method: 'POST', headers, body });

      expect(response.status).toBe(200);
      // The same event as a CloudEvent by itself is no second one.
      await api().deliver([event, ...callbackOf('ga/PlayCompleted', connection)]);
      const journal = await api().journal(connection, 2);
      expect(journal.map(({ type }) => type).toSorted()).toEqual(['call.connected', 'play.completed']);
    });

    it.each(['GET', 'PUT', 'DELETE'])('has no %s', async method => {
      expect((await fetch(api().callbackUrl(), { method })).status).toBe(404);
    });
  });
}
