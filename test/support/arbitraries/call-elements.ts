import fc from 'fast-check';
import { atSecond } from '../call-events.ts';
import {
  CONVERSATION_ID,
  dtmfReceived,
  participantsUpdated,
  playAudioResult,
  stateChanged,
} from '../preview-2021-04-elements.ts';

const time = fc.integer({ min: 0, max: 20 }).map(second => atSecond(second));
const names = fc.uniqueArray(fc.constantFrom('ann', 'ben', 'cem', 'dee'), { maxLength: 4 });

const anElement: fc.Arbitrary<unknown> = fc.oneof(
  fc
    .tuple(fc.constantFrom('Establishing', 'Established', 'Terminating', 'Terminated'), time)
    .map(([state, at]) => stateChanged(state, at, state === 'Establishing' ? null : CONVERSATION_ID)),
  fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.constantFrom('Tone1', 'Pound'), time)
    .map(([sequenceId, tone, at]) => dtmfReceived(sequenceId, tone, at)),
  fc
    .tuple(fc.constantFrom('Running', 'Completed', 'Failed'), time)
    .map(([status, at]) => playAudioResult(status, at)),
  fc.tuple(names, time).map(([who, at]) => participantsUpdated(who, at)),
);

/** Elements of one call as its callbacks bring them: in any order, some of them the same event. */
export function callElements(constraints: fc.ArrayConstraints): fc.Arbitrary<unknown[]> {
  return fc.array(anElement, constraints);
}
