import { describe, expect, it } from 'vitest';
import { readIncomingRoutes, routeOf } from '../../../shared/actions/incoming-routes.ts';

function routes(value: unknown) {
  const read = readIncomingRoutes(JSON.stringify(value));
  if (!read.ok) throw new Error(read.faults.join('; '));
  return read.routes;
}

describe('readIncomingRoutes', () => {
  it('fills in whom a route is about, and what is not told', () => {
    expect(routes([{ action: 'answer' }, { action: 'reject', to: '+18335550100' }])).toEqual([
      { action: 'answer', to: '*', from: '*', flow: null },
      { action: 'reject', to: '4:+18335550100', from: '*', reason: 'none' },
    ]);
  });

  it.each<{ name: string; text: string; fault: RegExp }>([
    { name: 'no JSON', text: 'answer', fault: /^expected JSON, such as/ },
    { name: 'no list', text: '{}', fault: /list of routes, such as/ },
    { name: 'an unknown action', text: '[{"action":"forward"}]', fault: /^\/0\/action: .*answer, reject/ },
    { name: 'a misspelt member', text: '[{"action":"answer","too":"*"}]', fault: /^\/0\/too: / },
    {
      name: 'a local number',
      text: '[{"action":"ignore","to":"0833"}]',
      fault: /^\/0\/to: .*such as \+18335550100/,
    },
    { name: 'a redirect to nobody', text: '[{"action":"redirect"}]', fault: /^\/0\/target: / },
    {
      name: 'a redirect to whom it is for',
      text: '[{"action":"redirect","to":"+1833*","target":"+18335550100"}]',
      fault: /^\/0\/target: .*again and again/,
    },
    {
      name: 'a flow without version',
      text: '[{"action":"answer","flow":{"name":"a"}}]',
      fault: /^\/0\/flow\/version: /,
    },
  ])('refuses $name, and says where', ({ text, fault }) => {
    const read = readIncomingRoutes(text);

    expect(read.ok ? [] : read.faults).toContainEqual(expect.stringMatching(fault));
  });
});

describe('routeOf', () => {
  const call = { to: '4:+18335550100', from: '4:+14255550142' };

  it.each([
    ['+18335550100', '*', true],
    ['+1833*', '+1425*', true],
    ['4:+*0100', '*', true],
    ['4:*555*', '*', true],
    ['8:acs:*', '*', false],
    ['*', '4:anonymous', false],
    ['+18335550100', '+18335550100', false],
    ['+183355501000', '*', false],
    ['4:+18335550100*00', '*', false],
  ])('takes a route to %s from %s for one of the call: %s', (to, from, fits) => {
    expect(routeOf(routes([{ action: 'ignore', to, from }]), call) !== undefined).toBe(fits);
  });

  it('knows a number that the network vouches for', () => {
    const asserted = { to: `${call.to}_assertedId`, from: `${call.from}_assertedId` };

    expect(
      routeOf(routes([{ action: 'ignore', to: '+18335550100', from: '+14255550142' }]), asserted),
    ).toBeDefined();
  });

  it.each([
    ['*', true],
    ['4:*', false],
    ['+1425*', false],
    ['4:anonymous', false],
  ])('takes a route from %s for a call of nobody who is told: %s', (from, fits) => {
    const nobody = { ...call, from: null };

    expect(routeOf(routes([{ action: 'ignore', from }]), nobody) !== undefined).toBe(fits);
  });

  it('takes the first that fits', () => {
    const table = routes([
      { action: 'reject', from: '4:anonymous' },
      { action: 'answer', to: '+1833*' },
      { action: 'ignore' },
    ]);

    expect(routeOf(table, call)?.action).toBe('answer');
    expect(routeOf(table, { ...call, from: '4:anonymous' })?.action).toBe('reject');
    expect(routeOf([], call)).toBeUndefined();
  });
});
