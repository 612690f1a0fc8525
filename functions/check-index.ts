import { app, type InvocationContext, type Timer } from '@azure/functions';
import { checkIndex } from '../shared/processing/check-index.ts';
import { forgetAliases } from '../shared/processing/forget-aliases.ts';
import { withServices } from './bind/services.ts';

/** Compares the index with the calls, both ways, and mends it, every night. */
app.timer('checkIndex', {
  schedule: '0 17 3 * * *',
  handler: (_timer: Timer, context: InvocationContext) =>
    withServices(context, async services => {
      await forgetAliases(services);
      await checkIndex(services);
    }),
});
