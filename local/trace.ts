import { isCallKey } from '../shared/ids/call-key.ts';
import { callTraceOf } from '../shared/telemetry/call-trace.ts';
import { InputError, integerIn, runCommand, UsageError } from './command-line.ts';
import { formatTrace } from './trace/format-trace.ts';
import { startOtlpReceiver } from './trace/otlp-receiver.ts';
import { type ReceivedSpan, readSpans } from './trace/received-span.ts';

const USAGE = `Usage: npm run trace -- [options]
Takes the traces of the app on this machine and prints each as a tree when nothing more has come for a moment.
Start the app with OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318.
  --call KEY  print the trace of this call only
  --port N    where to listen (4318)`;

const QUIET_MS = 3_000;

async function receive(port: number, call: string | undefined): Promise<void> {
  const wanted = call === undefined ? undefined : callTraceOf(call).traceId;
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
  const { endpoint } = await listen(port, (path, json) => {
    if (path === '/v1/traces') readSpans(json).forEach(take);
  });
  console.log(`Waiting for traces at ${endpoint}; Ctrl+C ends it.`);
}

async function listen(...[port, onOtlp]: Parameters<typeof startOtlpReceiver>) {
  try {
    return await startOtlpReceiver(port, onOtlp);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new InputError(`Port ${port} cannot be listened on (${code}). Give another with --port.`, {
      cause: error,
    });
  }
}

process.exitCode = await runCommand({
  usage: USAGE,
  options: { call: { type: 'string' }, port: { type: 'string', default: '4318' } },
  async run({ values: { call, port } }) {
    if (call !== undefined && !isCallKey(call))
      throw new UsageError(`--call must be a call key, not "${call}".`);
    await receive(integerIn(port, { name: '--port', least: 0, most: 65_535 }), call);
    return 0;
  },
});
