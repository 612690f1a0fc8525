import * as z from 'zod';
import { isCallKey } from '../ids/call-key.ts';
import { safeParseHot } from '../json/hot-schema.ts';
import { lazily } from '../lazily.ts';

const schema = lazily(() =>
  z.object({
    v: z.literal(1),
    callKey: z.string().refine(isCallKey),
    alarmAt: z.string().optional(),
    hasLine: z.boolean().optional(),
    attempt: z.int().min(0).default(0),
    replays: z.int().min(0).optional(),
  }),
);

/**
 * A nudge to look at a call: in `call-actions` because an action of it waits, in `call-alarms` because a timer is due
 * (`alarmAt` then says for when the alarm was put). It holds nothing that would be lost with it.
 */
export interface CallMessage {
  readonly callKey: string;
  readonly alarmAt?: string | undefined;
  /** The call waited for a line of its number, and is on one. */
  readonly hasLine?: boolean | undefined;
  /** How often the message was put again after a fault. */
  readonly attempt: number;
  /** How often the message was taken up again by itself after the host had given it up. */
  readonly replays?: number | undefined;
}

export function encodeCallMessage(message: Partial<CallMessage> & Pick<CallMessage, 'callKey'>): string {
  return JSON.stringify({ v: 1, ...message });
}

/** Undefined when the text is none of ours. */
export function decodeCallMessage(text: string): CallMessage | undefined {
  try {
    const parsed = safeParseHot(schema(), JSON.parse(text));
    if (!parsed.success) return undefined;
    const { v: _, ...message } = parsed.data;
    return message;
  } catch {
    // Not JSON, which is all one to the caller.
    return undefined;
  }
}
