import { describe, expect, it } from 'vitest';
import { ACTING_DIALECTS } from '../../../shared/actions/dialect-support.ts';
import type { Call } from '../../../shared/domain/call.ts';
import type { CallEvent } from '../../../shared/domain/call-event.ts';
import { applyEvent } from '../../../shared/flows/apply-event.ts';
import { SETTLE } from '../../../shared/flows/causal-order.ts';
import { type FlowLookup, listening } from '../../../shared/flows/decider.ts';
import type { Flow, Race } from '../../../shared/flows/flow.ts';
import { flowLookup } from '../../../shared/flows/flow-lookup.ts';
import { FlowCall } from '../../../shared/flows/testing/flow-call.ts';
import { triggerOf } from '../../../shared/flows/trigger-of.ts';
import { everyOrder } from '../../support/every-order.ts';
import { FLOW_SCRIPTS } from '../../support/flow-scripts.ts';

interface Told {
  readonly call: Call;
  /** What the flow was shown, in its order. */
  readonly shown: readonly string[];
}

const isCallees = ({ wireId, type }: CallEvent) => wireId !== null && type !== 'call.connecting';

/** Applies events to calls of a flow, and notes what the flow is shown. */
function teller(flow: Flow) {
  const lookup = flowLookup([flow]);
  let shown: string[] = [];
  const flows: FlowLookup = named => {
    const decider = lookup(named);
    return (
      decider && {
        ...decider,
        decide(call, signal) {
          shown.push(`${signal.type} ${triggerOf(signal)}`);
          return decider.decide(call, signal);
        },
      }
    );
  };
  return (before: Told | undefined, event: CallEvent): Told => {
    shown = [...(before?.shown ?? [])];
    const context = { callKey: 'c01test0000000000000000000', decider: listening, flows };
    const { call } = applyEvent(before?.call, event, context);
    return { call, shown };
  };
}

/** In which order the signals of each declared race were shown: only where that differs may the plan differ. */
function racesOf(shown: readonly string[], races: readonly Race[]): string {
  return JSON.stringify(
    races.map(({ between }) => shown.filter(each => between.some(name => each.startsWith(`${name} `)))),
  );
}

function settled(told: Told, tell: ReturnType<typeof teller>, last: CallEvent): Told {
  const timer = told.call.timers.find(({ timerId, state }) => timerId === SETTLE && state === 'armed');
  if (timer === undefined) return told;
  const { generation, dueAt } = timer;
  const fired = { ...last, fingerprint: 'settled', at: dueAt, receivedAt: dueAt, wireId: null };
  return tell(told, { ...fired, type: 'timer.fired', timerId: SETTLE, generation });
}

const CASES = ACTING_DIALECTS.flatMap(dialect => FLOW_SCRIPTS.map(script => ({ dialect, ...script })));

describe("every order of a callee's events, each told twice", () => {
  it.each(CASES)(
    'leads $flow.name to one plan in $dialect, whose callee $callee',
    ({ flow, play, dialect }) => {
      const { events } = play(new FlowCall(flow, { dialect }));
      const [requested, ...others] = events;
      if (requested === undefined) throw new Error('A call begins with a request.');
      const callees = others.filter(isCallees);
      const tell = teller(flow);
      const begun = tell(undefined, requested);
      const plans = new Map<string, string>();
      let orders = 0;

      everyOrder<CallEvent, Told>(callees, {
        step: (before, event) => tell(tell(before ?? begun, event), event),
        visit(told, order) {
          orders += 1;
          const { call, shown } = settled(told, tell, requested);
          const ids = call.actions.map(({ actionId }) => actionId);
          if (new Set(ids).size !== ids.length) throw new Error(`twice: ${ids.join(' ')}`);
          const key = racesOf(shown, flow.races);
          const plan = JSON.stringify([
            call.actions
              .map(({ actionId, kind, arguments: given }) => [actionId, kind, given])
              .toSorted((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1)),
            call.flow?.result,
          ]);
          const known = plans.get(key);
          if (known === undefined) plans.set(key, plan);
          else if (known !== plan)
            expect.fail(`${order.map(({ type }) => type).join(', ')}: ${known} but ${plan}`);
        },
      });

      expect(orders).toBe(callees.map((_, index) => index + 1).reduce((a, b) => a * b, 1));
      expect(JSON.parse([...plans.values()][0] ?? 'null')).not.toBeNull();
    },
  );
});
