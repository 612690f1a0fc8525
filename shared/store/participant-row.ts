import type { Participant } from '../domain/stays.ts';
import { encodeText } from './document.ts';
import type { RowValues } from './table.ts';

/** A participant as a row of its own: a projection for people and tools that look into the table. */
export function encodeParticipant(participant: Participant): RowValues {
  return {
    ...encodeText(
      JSON.stringify({
        stays: participant.stays,
        mutedIntervals: participant.mutedIntervals,
        heldIntervals: participant.heldIntervals,
      }),
    ),
    rawId: participant.rawId.toWellFormed(),
    participantId: participant.participantId ?? '',
    present: participant.present,
    isMuted: participant.isMuted,
    isOnHold: participant.isOnHold,
    joinedAt: participant.stays[0]?.joinedAt ?? '',
    leftAt: participant.stays.at(-1)?.leftAt ?? '',
  };
}
