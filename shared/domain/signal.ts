import type { ActionKind } from './action.ts';
import type { CollectedInput, ToneName } from './call-event.ts';
import type { EventTime } from './event-time.ts';
import type { OperationEnd, OperationKind } from './operation-events.ts';

/** What has become true with an event: the reducer's word to a flow. */
export type Signal =
  | { readonly type: 'connected'; readonly at: EventTime }
  | { readonly type: 'disconnected'; readonly at: EventTime }
  | {
      readonly type: 'toneReceived';
      readonly at: EventTime;
      readonly sequenceId: number;
      readonly tone: ToneName;
    }
  | { readonly type: 'rosterChanged'; readonly at: EventTime; readonly present: readonly string[] }
  | {
      readonly type: 'timerFired';
      readonly at: EventTime;
      readonly timerId: string;
      readonly generation: number;
    }
  | {
      readonly type: 'operationEnded';
      readonly at: EventTime;
      readonly kind: OperationKind;
      readonly operationContext: string | null;
      /** The rawIds that the event names, if any. */
      readonly participants: readonly string[];
      readonly status: OperationEnd;
      /** What a recognition heard, if it heard something. */
      readonly input?: CollectedInput | undefined;
    }
  /** An action came to nothing: ACS refused it, or whether it took it cannot be found out. */
  | {
      readonly type: 'actionEnded';
      readonly at: EventTime;
      readonly actionId: string;
      readonly kind: ActionKind;
      readonly state: 'failed' | 'unknown';
      readonly reason: string;
    };
