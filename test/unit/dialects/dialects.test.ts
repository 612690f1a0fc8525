import { describe, expect, it } from 'vitest';
import { dialectNamed, dialectOf } from '../../../shared/dialects/dialects.ts';
import { DIALECT_NAMES } from '../../../shared/domain/call-event.ts';
import { dtmfReceived } from '../../support/preview-2021-04-elements.ts';

describe('dialectOf', () => {
  it('finds the dialect by the envelope', () => {
    expect(dialectOf(dtmfReceived(1, 'Tone1', '2021-05-05T20:00:00Z'))?.name).toBe('preview-2021-04');
  });

  it.each([[null], ['text'], [[]], [{}], [{ data: {} }]])('finds none for %j', element => {
    expect(dialectOf(element)).toBeUndefined();
  });
});

describe('dialectNamed', () => {
  it.each(DIALECT_NAMES)('finds %s by its name', name => {
    expect(dialectNamed(name)?.name).toBe(name);
  });
});
