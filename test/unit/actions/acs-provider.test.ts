import { describe, expect, it } from 'vitest';
import { type AcsClients, acsProvider } from '../../../shared/actions/acs-provider.ts';
import { sendOf } from '../../support/preview-actions.ts';

const unloadable = () => Promise.reject(new Error('no such file'));
const hangUp = (dialect: 'preview-2021-04' | 'ga') => sendOf({ kind: 'hangUp' }, { dialect });

function recording() {
  const asked: string[] = [];
  const perform = async () => ({ kind: 'done' }) as const;
  const clients: AcsClients = {
    'preview-2021-04': async () => {
      asked.push('preview-2021-04');
      return { perform };
    },
    ga: async () => {
      asked.push('ga');
      return { perform, ask: async () => 'open', rosterOf: async () => [] };
    },
  };
  return { asked, provider: acsProvider(clients) };
}

describe('acsProvider', () => {
  it.each(['preview-2021-04', 'ga'] as const)('loads the client of %s alone', async dialect => {
    const { asked, provider } = recording();

    expect(await provider.perform(hangUp(dialect))).toEqual({ kind: 'done' });

    expect(asked).toEqual([dialect]);
  });

  it('loads none for an action that the dialect does not have', async () => {
    const { asked, provider } = recording();

    const result = await provider.perform(
      sendOf({ kind: 'playText', text: 'Hello', voice: 'en-US-AvaNeural' }),
    );

    expect(result.kind).toBe('refused');
    expect(asked).toEqual([]);
  });

  it.each(['preview-2021-04', 'ga'] as const)(
    'has sent nothing where the client of %s cannot be loaded',
    async dialect => {
      const provider = acsProvider({ 'preview-2021-04': unloadable, ga: unloadable });

      expect(await provider.perform(hangUp(dialect))).toEqual({
        kind: 'notNow',
        reason: 'the client of ACS could not be loaded: Error: no such file',
      });
    },
  );

  it('knows nothing of a call where the client cannot be loaded', async () => {
    const provider = acsProvider({ 'preview-2021-04': unloadable, ga: unloadable });
    const call = { dialect: 'ga', wireId: 'w' } as const;

    expect(await provider.ask(call)).toBe('noAnswer');
    expect(await provider.rosterOf?.(call)).toBeUndefined();
  });
});
