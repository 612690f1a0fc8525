import type { LegRef } from '../../../local/emulator/core/leg-event.ts';

/** A call leg that a test speaks of. */
export function legRef(id: string, members: Partial<LegRef> = {}): LegRef {
  return { id, label: id, conversationId: 'c1', correlationId: 'k1', origin: 'placed', ...members };
}
