import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VisibilityHeap } from '../../../shared/queues/visibility-heap.ts';

interface Item {
  visibleAtMs: number;
  readonly order: number;
  position: number;
}

type Action =
  | { readonly kind: 'add'; readonly visibleAtMs: number }
  | { readonly kind: 'move'; readonly pick: number; readonly visibleAtMs: number }
  | { readonly kind: 'remove'; readonly pick: number };

const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ kind: fc.constant('add' as const), visibleAtMs: fc.nat(9) }),
  fc.record({ kind: fc.constant('move' as const), pick: fc.nat(), visibleAtMs: fc.nat(9) }),
  fc.record({ kind: fc.constant('remove' as const), pick: fc.nat() }),
);

describe('VisibilityHeap', () => {
  it('has the item of the lowest time, then order, first after any adds, moves and removals', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 60 }), actions => {
        const heap = new VisibilityHeap<Item>();
        const model: Item[] = [];
        for (const [order, next] of actions.entries()) {
          apply(heap, model, { ...next, order });

          expect(heap.first).toBe(model.toSorted(compare)[0]);
        }
      }),
    );
  });
});

function apply(heap: VisibilityHeap<Item>, model: Item[], next: Action & { readonly order: number }): void {
  if (next.kind === 'add') {
    const added = { visibleAtMs: next.visibleAtMs, order: next.order, position: 0 };
    model.push(added);
    heap.add(added);
    return;
  }
  const item = model[next.pick % Math.max(1, model.length)];
  if (item === undefined) {
    return;
  }
  if (next.kind === 'move') {
    item.visibleAtMs = next.visibleAtMs;
    heap.move(item);
  } else {
    model.splice(model.indexOf(item), 1);
    heap.remove(item);
  }
}

function compare(one: Item, other: Item): number {
  return one.visibleAtMs - other.visibleAtMs || one.order - other.order;
}
