import { appointmentReminder } from '../../flows/appointment-reminder.ts';
import type { Call } from '../../shared/domain/call.ts';
import { applyEvent } from '../../shared/flows/apply-event.ts';
import { listening } from '../../shared/flows/decider.ts';
import { flowLookup } from '../../shared/flows/flow-lookup.ts';
import { FlowCall } from '../../shared/flows/testing/flow-call.ts';
import type { Measure } from '../reading.ts';

const CALLS = 500;

/** What one signal costs a flow: a call of the reminder, with a flow and as it would be without one. */
export const flowCpu: Measure = {
  name: 'flow-cpu',

  async run({ repeat, progress }) {
    const { events } = new FlowCall(appointmentReminder)
      .answers()
      .waits(31)
      .presses('7')
      .presses('2')
      .joins()
      .isOnTheCall('8:acs:ann')
      .waits(60)
      .isOnTheCall()
      .waits(20);
    const context = { callKey: 'c01test0000000000000000000', decider: listening };
    const withFlow = { ...context, flows: flowLookup([appointmentReminder]) };
    const silent = events.map(event => (event.type === 'call.requested' ? { ...event, flow: null } : event));
    let signals = 0;
    let call: Call | undefined;
    for (const event of events) {
      const applied = applyEvent(call, event, withFlow);
      call = applied.call;
      signals += applied.signals.length;
    }
    const fold = (given: typeof events, by: typeof context) => {
      const before = process.cpuUsage();
      for (let count = 0; count < CALLS; count++) {
        let folded: Call | undefined;
        for (const event of given) folded = applyEvent(folded, event, by).call;
      }
      const { user, system } = process.cpuUsage(before);
      return (user + system) / CALLS;
    };
    progress('warming up');
    for (let pass = 0; pass < 3; pass++) fold(events, withFlow);
    const runs: number[] = [];
    for (let round = 1; round <= repeat; round++) {
      progress(`round ${round} of ${repeat}`);
      runs.push((fold(events, withFlow) - fold(silent, context)) / signals);
    }
    return [{ name: 'CPU of a flow per signal', unit: 'µs', runs, bar: { atMost: 150 } }];
  },
};
