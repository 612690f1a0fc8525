import { describe, expect, it } from 'vitest';
import type { Policy } from '../../../shared/actions/policy.ts';
import type { ActionResult } from '../../../shared/actions/provider.ts';
import { newCall } from '../../../shared/domain/call.ts';
import { settle } from '../../../shared/processing/settle.ts';
import type { Delivery } from '../../../shared/store/call-head.ts';
import { atSecond, CALL_KEY } from '../../support/call-events.ts';
import { headWith } from '../../support/head-with.ts';
import { actionOf, claimedDelivery, givenBack } from '../../support/ledgers.ts';

const action = actionOf({ kind: 'playAudio' });
const call = {
  ...newCall(CALL_KEY, { dialect: 'preview-2021-04', wireId: 'leg-1', at: atSecond(0) }),
  actions: [action],
};

const POLICIES: readonly Policy[] = ['atMostOnce', 'atLeastOnce', 'repeatable'];
const NOT_NOW: ActionResult = { kind: 'notNow', reason: 'throttled' };
const UNCLEAR: ActionResult = { kind: 'unclear', reason: 'no answer' };

function settled(
  result: ActionResult,
  options: { policy?: Policy; delivery?: Delivery; second?: number; random?: number } = {},
) {
  const { policy = 'atMostOnce', delivery = claimedDelivery(), second = 10, random = 0 } = options;
  const head = headWith({ call, deliveries: { playAudio: delivery } });
  return settle({ head, action, result, policy, now: atSecond(second), random });
}

describe('settle', () => {
  it.each(POLICIES)('records what is certain, and looks again at nothing, for %s', policy => {
    const done = settled({ kind: 'done' }, { policy });
    const refused = settled({ kind: 'refused', reason: 'no such prompt' }, { policy });

    expect(done.request.events).toMatchObject([{ type: 'action.done', actionId: 'playAudio' }]);
    expect(refused.request.events).toMatchObject([
      { type: 'action.failed', actionId: 'playAudio', reason: 'no such prompt' },
    ]);
    for (const { request, retryAt } of [done, refused]) {
      expect(request.events[0]).toMatchObject({ at: atSecond(10), receivedAt: atSecond(10), wireId: null });
      expect(request.releases).toBeUndefined();
      expect(retryAt).toBeUndefined();
    }
  });

  it('says under which claim it was refused, and only of that', () => {
    const { request } = settled({ kind: 'refused', reason: 'no such prompt' });

    expect(request.refusals).toEqual({ 'commit-1': request.events[0]?.fingerprint });
    expect(settled({ kind: 'done' }).request.refusals).toBeUndefined();
    expect(settled(UNCLEAR).request.refusals).toBeUndefined();
  });

  it.each(POLICIES)(
    'gives an action back, for another request, when ACS did not carry it out: %s',
    policy => {
      const { request, retryAt } = settled(NOT_NOW, { policy });

      const delivery = givenBack({
        firstSentAt: null,
        generation: 2,
        notBefore: atSecond(11),
        reason: 'throttled',
      });
      expect(request).toEqual({ events: [], releases: { playAudio: { claimedBy: 'commit-1', delivery } } });
      expect(retryAt).toBe(atSecond(11));
    },
  );

  it.each([
    { attempts: 1, random: 0, retryAfterMs: 0, seconds: 1 },
    { attempts: 2, random: 0, retryAfterMs: 0, seconds: 2 },
    { attempts: 2, random: 0.99, retryAfterMs: 0, seconds: 4 },
    { attempts: 4, random: 0, retryAfterMs: 0, seconds: 8 },
    { attempts: 15, random: 0, retryAfterMs: 0, seconds: 150 },
    { attempts: 1, random: 0, retryAfterMs: 17_000, seconds: 17 },
  ])(
    'waits $seconds s after send $attempts when asked to wait for $retryAfterMs ms',
    ({ attempts, random, retryAfterMs, seconds }) => {
      const delivery = claimedDelivery({ attempts });

      const { retryAt } = settled({ ...NOT_NOW, retryAfterMs }, { delivery, random });

      expect(retryAt).toBe(atSecond(10 + seconds));
    },
  );

  it('never sends again what may be done at most once, when the outcome is unclear', () => {
    const { request, retryAt } = settled(UNCLEAR);

    expect(request.events).toMatchObject([
      { type: 'action.unknown', actionId: 'playAudio', reason: 'no answer' },
    ]);
    expect(request.releases).toBeUndefined();
    expect(retryAt).toBeUndefined();
  });

  it.each(['atLeastOnce', 'repeatable'] as const)(
    'gives an action back as the request that it was, when the outcome is unclear: %s',
    policy => {
      const { request, retryAt } = settled(UNCLEAR, { policy });

      const delivery = givenBack({ notBefore: atSecond(11), reason: 'no answer' });
      expect(request).toEqual({ events: [], releases: { playAudio: { claimedBy: 'commit-1', delivery } } });
      expect(retryAt).toBe(atSecond(11));
    },
  );

  it('sends no longer what is repeatable, once ACS may have forgotten the first request', () => {
    const { request } = settled(UNCLEAR, { policy: 'repeatable', second: 300 });

    expect(request.events).toMatchObject([{ type: 'action.unknown' }]);
  });

  it.each(['atLeastOnce', 'repeatable'] as const)(
    'keeps the request when a repetition was not carried out, since the first may have been: %s',
    policy => {
      const delivery = claimedDelivery({ isRepeat: true, attempts: 2 });

      const { request } = settled(NOT_NOW, { policy, delivery });

      expect(request.releases?.['playAudio']?.delivery).toMatchObject({
        generation: 1,
        firstSentAt: atSecond(0),
      });
    },
  );

  it.each([
    { name: 'not carried out', result: NOT_NOW, isRepeat: false, type: 'action.failed' },
    { name: 'not carried out, the first perhaps', result: NOT_NOW, isRepeat: true, type: 'action.unknown' },
    { name: 'unclear', result: UNCLEAR, isRepeat: true, type: 'action.unknown' },
  ])('gives up after 20 sends with $type when the last was $name', ({ result, isRepeat, type }) => {
    const options = (attempts: number) => ({
      policy: 'atLeastOnce' as const,
      delivery: claimedDelivery({ attempts, isRepeat }),
    });

    expect(settled(result, options(19)).request.events).toEqual([]);
    expect(settled(result, options(20)).request.events).toMatchObject([{ type }]);
    expect(settled(result, options(20)).retryAt).toBeUndefined();
  });

  it('records what ACS began with it, and whom it refused, each reason once', () => {
    const refused = ['4:+1', '4:+2', '4:+3'].map((rawId, index) => ({
      rawId,
      reason: index === 1 ? 'busy' : 'unknown',
    }));

    const { events } = settled({ kind: 'done', ids: { recordingId: 'r' }, refused }).request;

    const told = { type: 'participant.addFailed', operationContext: 'playAudio' };
    expect(events).toMatchObject([
      { type: 'action.done', ids: { recordingId: 'r' } },
      { ...told, participants: ['4:+1', '4:+3'], result: { message: 'unknown' } },
      { ...told, participants: ['4:+2'], result: { message: 'busy' } },
    ]);
    expect(new Set(events.map(({ fingerprint }) => fingerprint)).size).toBe(3);
  });

  it('records no more than a commit holds, however many were refused', () => {
    const refused = Array.from({ length: 300 }, (_, index) => ({ rawId: `4:+${index}`, reason: `${index}` }));

    const { events } = settled({ kind: 'done', refused }).request;

    expect(events).toHaveLength(2);
    expect(events[1]).toMatchObject({ participants: refused.map(({ rawId }) => rawId) });
  });

  it('refuses to give back what nobody has claimed', () => {
    expect(() => settled(NOT_NOW, { delivery: givenBack() })).toThrow(RangeError);
  });
});
