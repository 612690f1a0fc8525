import { describe, expect, it } from 'vitest';
import { mentionOf } from '../../../shared/processing/mention-of.ts';

const NUMBER = '+14255550142';
const USER = '8:acs:aaaa-bbbb_cccc-dddd';

describe('mentionOf', () => {
  it.each([
    { identity: NUMBER, text: '{"rawId":"4:+14255550142"}' },
    { identity: `4:${NUMBER}`, text: '{"to":"+14255550142"}' },
    { identity: NUMBER, text: String.raw`{"value":"\u002B14255550142"}` },
    { identity: NUMBER, text: 'tel=%2B14255550142&x' },
    { identity: NUMBER, text: 'no answer from 14255550142.' },
    { identity: USER, text: `{"rawId":"${USER}"}` },
    { identity: USER, text: USER.toUpperCase() },
  ])('finds $identity in $text', ({ identity, text }) => {
    expect(mentionOf(identity)?.(text)).toBe(true);
  });

  it.each([
    { identity: NUMBER, text: '+142555501421' },
    { identity: NUMBER, text: '+4914255550142' },
    { identity: NUMBER, text: '5a1f3600-0d4b-4b7e-9c1d-14255550142a' },
    { identity: '+57964123', text: '57964123-0d4b-4b7e-9c1d-3f2a6b8c9d10' },
    { identity: '+0157964', text: '2021-05-05T20:08:39.0157964Z' },
    { identity: USER, text: `{"rawId":"${USER}-1"}` },
    { identity: '8:acs:a.b', text: '8:acs:aXb' },
  ])('does not find $identity in $text', ({ identity, text }) => {
    expect(mentionOf(identity)?.(text)).toBe(false);
  });

  it.each(['', '+', '4255550142', '+1425555014215551', 'ann', '8:a'])('takes %j for nobody', identity => {
    expect(mentionOf(identity)).toBeUndefined();
  });
});
