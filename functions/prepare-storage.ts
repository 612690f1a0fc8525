import { app } from '@azure/functions';
import { servicesOfProcess, startTelemetry, stopTelemetry } from './bind/services.ts';

/**
 * Makes missing tables and queues when the app starts, beside its first work: the host never makes the queue that a
 * trigger listens to. What fails here is made on first use, so nothing waits for it and no error of it counts.
 *
 * A setting that is missing or wrong does count: it stops the start, and the log names it. An app that started without
 * would take message after message from its queues and fail with each.
 */
app.hook.appStart(async () => {
  await startTelemetry();
  const services = servicesOfProcess();
  services.ensureStorage().catch(() => undefined);
  await services.incoming();
});

app.hook.appTerminate(stopTelemetry);
