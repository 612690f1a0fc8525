import { describe, expect, it } from 'vitest';
import { CALL_STATES, furthest } from '../../../shared/domain/call-state.ts';

describe('furthest', () => {
  it('goes from unknown over connecting, connected and disconnecting to disconnected', () => {
    expect(CALL_STATES).toEqual(['unknown', 'connecting', 'connected', 'disconnecting', 'disconnected']);
  });

  it.each(CALL_STATES.flatMap((a, i) => CALL_STATES.map((b, j) => ({ a, b, expected: i > j ? a : b }))))(
    'of $a and $b is $expected',
    ({ a, b, expected }) => {
      expect(furthest(a, b)).toBe(expected);
    },
  );
});
