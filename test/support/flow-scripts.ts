import { appointmentReminder } from '../../flows/appointment-reminder.ts';
import { conversationMonitor } from '../../flows/conversation-monitor.ts';
import { interactiveMenu } from '../../flows/interactive-menu.ts';
import { outageNotification } from '../../flows/outage-notification.ts';
import type { Flow, Race } from '../../shared/flows/flow.ts';
import type { FlowCall } from '../../shared/flows/testing/flow-call.ts';

const ANN = '8:acs:ann';

/** A callee of a shipped flow, and what they do. */
export interface FlowScript {
  readonly flow: Flow & { readonly races: readonly Race[] };
  readonly callee: string;
  readonly play: (call: FlowCall) => FlowCall;
}

/** Callees of every shipped flow. */
export const FLOW_SCRIPTS: readonly FlowScript[] = [
  {
    flow: appointmentReminder,
    callee: 'confirms',
    play: call => call.answers().presses('1').promptEnds().presses('5').hangsUp(),
  },
  {
    flow: appointmentReminder,
    callee: 'asks for the agent, who comes',
    play: call => call.answers().presses('2').joins().isOnTheCall(ANN).presses('7').hangsUp(),
  },
  {
    flow: appointmentReminder,
    callee: 'presses a key as the reminder breaks off',
    play: call => call.answers().promptEnds('failed').presses('1').hangsUp(),
  },
  {
    flow: outageNotification,
    callee: 'acknowledges at last',
    play: call => call.answers().presses('7').promptEnds().presses('1').promptEnds().hangsUp(),
  },
  { flow: outageNotification, callee: 'does not answer', play: call => call.hangsUp('busy') },
  {
    flow: interactiveMenu,
    callee: 'is wrong first',
    play: call => call.answers().presses('9#12').hangsUp(),
  },
  {
    flow: conversationMonitor,
    callee: 'is not alone',
    play: call => call.answers().isOnTheCall(ANN).isOnTheCall(ANN, '8:acs:ben').isOnTheCall().hangsUp(),
  },
];
