import { app, type InvocationContext, type Timer } from '@azure/functions';
import { watchQueue } from '../shared/processing/check-health.ts';
import { sweep } from '../shared/processing/sweep.ts';
import { withServices } from './bind/services.ts';

/** Looks after what nobody else does, every minute, on one instance at a time. */
app.timer('sweep', {
  schedule: '0 * * * * *',
  handler: (_timer: Timer, context: InvocationContext) =>
    withServices(context, async services => {
      await watchQueue(services);
      await sweep(services);
    }),
});
