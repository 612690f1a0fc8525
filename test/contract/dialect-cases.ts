import { describe, expect, it } from 'vitest';
import type { ApiClient } from '../support/api-client.ts';
import { fixtureNames } from '../support/load-fixture.ts';
import { callbackOf, freshCallKey, freshCallLegId } from '../support/wire-events.ts';

const GA = fixtureNames('ga').map(name => `ga/${name.replace('.json', '')}`);
const PREVIEW = fixtureNames('preview-2021-08').map(name => `preview-2021-08/${name.replace('.json', '')}`);

/** Calls that are told of by GA, or by the later previews. */
export function dialectCases(api: () => ApiClient): void {
  describe('POST /api/callbacks, in the dialects of CloudEvents', () => {
    it('takes every event of GA in, forwards, backwards and twice, to one end', async () => {
      const [forwards, backwards] = [freshCallKey(), freshCallKey()];
      const connection = freshCallLegId();
      for (const name of GA) await api().deliver(callbackOf(name, connection), forwards);
      for (const name of [...GA, ...GA].toReversed()) {
        await api().deliver(callbackOf(name, connection), backwards);
      }

      const journals = [
        await api().journal(forwards, GA.length, 60_000),
        await api().journal(backwards, GA.length, 60_000),
      ];
      const calls = await Promise.all([forwards, backwards].map(key => api().findCall(key)));

      for (const journal of journals) {
        expect(journal).toHaveLength(GA.length);
        expect(journal.filter(({ type }) => type === 'unknown')).toEqual([]);
      }
      expect({ ...calls[1], callKey: '' }).toEqual({ ...calls[0], callKey: '' });
      expect(calls[0]).toMatchObject({
        dialect: 'ga',
        state: 'disconnected',
        callLegId: null,
        callConnectionId: connection,
        outcome: 'answered',
        tones: [{ sequenceId: 1, tone: 'one' }],
      });
    }, 120_000);

    it('takes all events of an array in, of several calls', async () => {
      const connections = [freshCallLegId(), freshCallLegId()] as const;
      const body = connections.flatMap(id => [
        ...callbackOf('ga/CallConnected', id),
        ...callbackOf('ga/PlayCompleted', id),
      ]);

      expect(await api().deliver(body)).toEqual({ accepted: 4, parked: [] });
      for (const id of connections) {
        expect((await api().journal(id, 2)).map(({ type }) => type).toSorted()).toEqual([
          'call.connected',
          'play.completed',
        ]);
      }
    });

    it('takes every event of the later previews in, results without an id of their call included', async () => {
      const connection = freshCallLegId();
      await api().deliver(PREVIEW.flatMap(name => callbackOf(name, connection)));

      const journal = await api().journal(connection, PREVIEW.length);

      expect(journal.filter(({ type }) => type === 'unknown')).toEqual([]);
      expect(await api().findCall(connection)).toMatchObject({
        dialect: 'preview-2021-08',
        state: 'disconnected',
        callConnectionId: connection,
        outcome: 'answered',
      });
    });
  });
}
