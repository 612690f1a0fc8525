import { parseArgs } from 'node:util';
import { callTraceOf } from '../shared/telemetry/call-trace.ts';
import { formatTrace } from './trace/format-trace.ts';
import { startOtlpReceiver } from './trace/otlp-receiver.ts';
import { type ReceivedSpan, readSpans } from './trace/received-span.ts';

const USAGE = `Usage: npm run trace -- [options]
Takes the traces of the app on this machine and prints each as a tree when nothing more has come for a moment.
Start the app with OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318.
  --call KEY  print the trace of this call only
  --port N    where to listen (4318)`;

const QUIET_MS = 3_000;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      call: { type: 'string' },
      port: { type: 'string', default: '4318' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const wanted = values.call === undefined ? undefined : callTraceOf(values.call).traceId;
  const traces = new Map<string, ReceivedSpan[]>();
  const timers = new Map<string, NodeJS.Timeout>();
  const take = (span: ReceivedSpan) => {
    const { traceId } = span;
    if (wanted !== undefined && wanted !== traceId) return;
    const spans = traces.get(traceId) ?? [];
    spans.push(span);
    traces.set(traceId, spans);
    clearTimeout(timers.get(traceId));
    timers.set(
      traceId,
      setTimeout(() => console.log(`\n${formatTrace(spans)}`), QUIET_MS),
    );
  };
  const { endpoint } = await startOtlpReceiver(Number(values.port), (path, json) => {
    if (path === '/v1/traces') readSpans(json).forEach(take);
  });
  console.log(`Waiting for traces at ${endpoint}; Ctrl+C ends it.`);
}

await main();
