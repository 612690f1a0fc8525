import { app, type InvocationContext, type Timer } from '@azure/functions';
import { forgetKeys } from '../shared/processing/forget-keys.ts';
import { purge } from '../shared/processing/purge.ts';
import { withServices } from './bind/services.ts';

/** Erases what is older than the time of retention, and keys that are remembered no more, every night. */
app.timer('purge', {
  schedule: '0 47 3 * * *',
  handler: (_timer: Timer, context: InvocationContext) =>
    withServices(context, async services => {
      await forgetKeys(services);
      await purge(services);
    }),
});
