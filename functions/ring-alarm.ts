import { app } from '@azure/functions';
import { processCallMessage } from '../shared/processing/process-call-message.ts';
import { onQueue } from './bind/on-queue.ts';

/** Fires the timers of a call that are due. An alarm that is early, late, doubled or out of date does no harm. */
app.generic(
  'ringAlarm',
  onQueue('call-alarms', (services, message) => processCallMessage(services, services.callAlarms, message)),
);
