import { describe, expect, it } from 'vitest';
import { supportOf } from '../../../shared/actions/dialect-support.ts';
import { ACTION_KINDS } from '../../../shared/domain/action.ts';

describe('supportOf', () => {
  it.each(ACTION_KINDS)('knows that the 2021-04 preview can do %s', kind => {
    expect(supportOf('preview-2021-04', kind)).toEqual({ ok: true });
  });

  it.each(['ga', 'preview-2021-08', 'event-grid'] as const)('knows that nothing is sent in %s', dialect => {
    for (const kind of ACTION_KINDS) expect(supportOf(dialect, kind)).toMatchObject({ ok: false });
  });
});
