import type { Call } from '../domain/call.ts';
import type { Decision } from './decider.ts';

/**
 * What a flow decides, or that it has failed: one that throws decides nothing more, says why, and the line is hung up,
 * since nobody else would. The same mistake fails the same way on every replay.
 */
export function orFailed(call: Call, decide: () => Decision): Decision {
  try {
    return decide();
  } catch (cause) {
    const error = cause instanceof Error ? cause.message : String(cause);
    return {
      actions: [{ kind: 'hangUp', arguments: {} }],
      flow: { status: 'failed', snapshot: call.flow?.snapshot ?? null, result: null, error },
    };
  }
}
