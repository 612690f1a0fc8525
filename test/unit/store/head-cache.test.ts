import { describe, expect, it } from 'vitest';
import { newCall } from '../../../shared/domain/call.ts';
import { type CachedHead, HeadCache } from '../../../shared/store/head-cache.ts';
import { atSecond } from '../../support/call-events.ts';
import { headWith } from '../../support/head-with.ts';

function cached(etag: string): CachedHead {
  const call = newCall('c', { dialect: 'preview-2021-04', wireId: null, at: atSecond(0) });
  return {
    etag,
    head: headWith({ call, journalCount: 0 }),
    index: { isComplete: true },
  };
}

describe('HeadCache', () => {
  it('gives what was set last', () => {
    const cache = new HeadCache();
    cache.set('a', cached('1'));
    cache.set('a', cached('2'));

    expect(cache.get('a')?.etag).toBe('2');
    expect(cache.get('b')).toBeUndefined();
  });

  it('holds fewer calls when some are large', () => {
    const cache = new HeadCache(10);
    const { etag, head, index } = cached('1');
    for (const key of ['a', 'b', 'c', 'd']) cache.set(key, { etag, head, index });

    cache.set('large', { etag, head: { ...head, journalCount: 240 }, index });

    expect(['a', 'b', 'c', 'd', 'large'].filter(key => cache.get(key) !== undefined)).toEqual(['d', 'large']);
  });

  it('forgets what is dropped', () => {
    const cache = new HeadCache();
    cache.set('a', cached('1'));

    cache.drop('a');

    expect(cache.get('a')).toBeUndefined();
  });

  it('forgets the one longest unused when it is full', () => {
    const cache = new HeadCache(2);
    cache.set('a', cached('1'));
    cache.set('b', cached('2'));
    cache.get('a');

    cache.set('c', cached('3'));

    expect(['a', 'b', 'c'].map(key => cache.get(key)?.etag)).toEqual(['1', undefined, '3']);
  });

  it('forgets nothing when a known call is set again', () => {
    const cache = new HeadCache(2);
    cache.set('a', cached('1'));
    cache.set('b', cached('2'));

    cache.set('a', cached('3'));

    expect(['a', 'b'].map(key => cache.get(key)?.etag)).toEqual(['3', '2']);
  });
});
