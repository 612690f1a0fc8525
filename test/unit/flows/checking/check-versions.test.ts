import { describe, expect, it } from 'vitest';
import { checkVersions } from '../../../../shared/flows/checking/check-versions.ts';

const one = { name: 'reminder', version: 1, hash: 'aaa' };
const two = { name: 'reminder', version: 2, hash: 'bbb' };

describe('checkVersions', () => {
  it.each([
    { name: 'released and unchanged', current: [one], released: [one] },
    { name: 'new', current: [one, two], released: [one] },
  ])('takes a version that is $name', ({ current, released }) => {
    expect(checkVersions(current, released)).toEqual([]);
  });

  it.each([
    {
      name: 'was changed after its release',
      current: [{ ...one, hash: 'ccc' }],
      released: [one],
      rule: 'releasedChanged',
      says: /as version 2/,
    },
    { name: 'is gone', current: [two], released: [one], rule: 'releasedMissing', says: /would be parked/ },
    { name: 'is there twice', current: [one, one], released: [], rule: 'sameVersion', says: /twice/ },
  ])('finds a version that $name', ({ current, released, rule, says }) => {
    const findings = checkVersions(current, released);

    expect(findings).toMatchObject([{ rule, where: 'reminder, version 1' }]);
    expect(findings[0]?.message).toMatch(says);
  });
});
