import { afterEach, describe, expect, it, vi } from 'vitest';
import { setup } from 'xstate';
import { begun, moved } from '../../../shared/flows/machine-decider.ts';

const context = vi.fn(({ input }: { readonly input: { readonly doors: number } }) => ({
  doors: input.doors,
}));

const machine = setup({
  types: {} as { context: { doors: number }; input: { doors: number } },
}).createMachine({
  context,
  initial: 'shut',
  states: { shut: { on: { pushed: 'open' } }, open: { after: { 5000: 'shut' } } },
});

describe('a machine in an inert scope', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('works out its context once, when it begins, and never without its input', () => {
    const { after } = begun(machine, { doors: 2 });

    const next = moved(machine, { value: 'shut', context: after.context as object }, { type: 'pushed' });

    expect(next.after).toMatchObject({ value: 'open', context: { doors: 2 }, status: 'active' });
    expect(next.effects).toMatchObject([{ type: 'xstate.raise', params: { delay: 5_000 } }]);
    expect(context).toHaveBeenCalledTimes(1);
  });

  it('runs no timer', () => {
    vi.useFakeTimers();

    moved(machine, { value: 'shut', context: { doors: 2 } }, { type: 'pushed' });

    expect(vi.getTimerCount()).toBe(0);
  });
});
