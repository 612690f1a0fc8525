import * as z from 'zod';

/** As much of a call as the demonstration shows. */
export const shownCallSchema = z.object({
  callKey: z.string(),
  state: z.string(),
  outcome: z.string().nullable(),
  participants: z.array(z.object({ present: z.boolean() })),
  tones: z.array(z.object({ tone: z.string() })),
  flow: z.object({ state: z.string().nullable(), status: z.string(), result: z.unknown() }).nullable(),
  actions: z.array(
    z.object({ kind: z.string(), state: z.string(), nextCallKey: z.string().nullable().optional() }),
  ),
});

/** As much of a call as the demonstration shows. */
export type ShownCall = z.output<typeof shownCallSchema>;

/** A line of the demonstration: whom it is about, and how far their call is. */
export interface DemoRow {
  readonly who: string;
  readonly does: string;
  readonly flow: string;
  /** Counts the calls to them. */
  readonly attempt: number;
  /** Undefined until the call is asked for. */
  readonly call: ShownCall | undefined;
}

/** The call that is dialled when this one is over without success; undefined where none is planned. */
export function nextCallOf(call: ShownCall): string | undefined {
  const again = call.actions.find(({ kind, state }) => kind === 'dialAgain' && state === 'done');
  return again?.nextCallKey ?? undefined;
}

/** Whether nothing more will happen for those whom the row is about. */
export function isFinished({ call }: DemoRow): boolean {
  if (call === undefined || call.state !== 'disconnected') return false;
  const waits = call.actions.some(
    ({ kind, state }) => kind === 'dialAgain' && (state === 'planned' || state === 'sending'),
  );
  return !waits && call.flow?.status !== 'active' && nextCallOf(call) === undefined;
}

/** How far a call is, and what its flow does, in few words. */
export function progressOf({
  call,
  attempt,
}: DemoRow): readonly [state: string, flow: string, result: string] {
  if (call === undefined) return ['asked for', '', ''];
  const waitsForLine = call.actions[0]?.kind === 'placeCall' && call.actions[0].state === 'planned';
  const heard = call.state === 'unknown' ? 'asked for' : call.state;
  const state = waitsForLine ? 'waits for a line' : (call.outcome ?? heard);
  const flow =
    call.state === 'disconnected' && call.flow?.status !== 'active' ? '' : (call.flow?.state ?? '');
  return [attempt > 1 ? `${state} (call ${attempt})` : state, flow, resultOf(call)];
}

/** What a flow came to, by the members of its result that say so. */
function resultOf({ flow }: ShownCall): string {
  const result = flow?.result;
  if (typeof result !== 'object' || result === null) return '';
  const { answer, acknowledged, status, digits, participants } = result as Readonly<Record<string, unknown>>;
  if (typeof answer === 'string') return answer;
  if (typeof acknowledged === 'boolean') return acknowledged ? 'acknowledged' : 'not acknowledged';
  if (typeof status === 'string') return typeof digits === 'string' ? `${status}: ${digits}` : status;
  if (Array.isArray(participants)) return `${participants.length} were there`;
  return 'nothing chosen';
}
