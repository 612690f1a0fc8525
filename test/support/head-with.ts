import type { CallHead } from '../../shared/store/call-head.ts';
import { atSecond } from './call-events.ts';

/** A head of which a test cares about the given members only. */
export function headWith(members: Pick<CallHead, 'call'> & Partial<CallHead>): CallHead {
  return {
    journalCount: 1,
    indexedAt: members.call.createdAt,
    projectionPending: false,
    commitId: 'commit-0',
    heardAt: atSecond(600),
    deliveries: {},
    alarmAt: null,
    ...members,
  };
}
