import { app } from '@azure/functions';
import { servicesOfProcess } from './bind/services.ts';

/**
 * Makes missing tables and queues when the app starts, beside its first work: the host never makes the queue that a
 * trigger listens to. What fails here is made on first use, so nothing waits for it and no error of it counts.
 */
app.hook.appStart(() => {
  prepare().catch(() => undefined);
});

async function prepare(): Promise<void> {
  await servicesOfProcess().ensureStorage();
}
