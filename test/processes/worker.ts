import { setTimeout as delay } from 'node:timers/promises';
import { eventTimeOf } from '../../shared/clock.ts';
import { processCallMessage } from '../../shared/processing/process-call-message.ts';
import { sweep } from '../../shared/processing/sweep.ts';
import type { ReceivedMessage } from '../../shared/queues/queue.ts';
import { listen } from './listen.ts';
import { remoteProvider } from './remote-provider.ts';
import { processServices, type QueuePair } from './services.ts';
import type { WorkerConfig, WorkerReport } from './worker-protocol.ts';

const REPORT_MS = 50;

const config = JSON.parse(process.argv[2] ?? '{}') as WorkerConfig;
const { hideSeconds, leaseMs, sweepMs } = config;
let processed = 0;
let requests = 0;
const services = processServices(config.storage, {
  provider: remoteProvider(config.acsUrl),
  leaseMs,
  onRequest: () => {
    requests += 1;
  },
});
const { callEvents, callActions, callAlarms } = services.queues;

function report(): void {
  const { commits, conflicts } = services.callsTable;
  const told: WorkerReport = { processed, requests, commits, conflicts };
  process.send?.(told);
}

async function processEvents({ text, insertedAt }: ReceivedMessage): Promise<void> {
  await services.processor.process(text ?? '', eventTimeOf(insertedAt.getTime()));
  processed += 1;
}

function processNudges(queues: QueuePair): Promise<never> {
  return listen(queues, {
    hideSeconds,
    process: ({ text, insertedAt, dequeueCount }) =>
      processCallMessage(services, queues.queue, {
        text: text ?? '',
        insertedAt: eventTimeOf(insertedAt.getTime()),
        dequeueCount,
      }),
  });
}

/** The host calls the timer again after it failed; the work's own lease keeps all but one worker from it. */
async function sweepForEver(): Promise<never> {
  for (;;) {
    await delay(sweepMs);
    await sweep(services).catch(() => undefined);
  }
}

setInterval(report, REPORT_MS);
report();
await Promise.all([
  listen(callEvents, { hideSeconds, process: processEvents }),
  processNudges(callActions),
  processNudges(callAlarms),
  sweepForEver(),
]);
