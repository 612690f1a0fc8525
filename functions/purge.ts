import { app, type InvocationContext, type Timer } from '@azure/functions';
import { purge } from '../shared/processing/purge.ts';
import { withServices } from './bind/services.ts';

/** Erases what is older than the time of retention, every night. */
app.timer('purge', {
  schedule: '0 47 3 * * *',
  handler: (_timer: Timer, context: InvocationContext) => withServices(context, purge),
});
