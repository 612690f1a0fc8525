import type { Flow } from '../shared/flows/flow.ts';
import { appointmentReminder } from './appointment-reminder.ts';
import { conversationMonitor } from './conversation-monitor.ts';
import { interactiveMenu } from './interactive-menu.ts';
import { outageNotification } from './outage-notification.ts';

/** The flows that calls can be run by, each in every version that an open call may still need. */
export const FLOWS: readonly Flow[] = [
  appointmentReminder,
  conversationMonitor,
  interactiveMenu,
  outageNotification,
];
