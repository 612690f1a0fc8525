import type { Telemetry } from '../telemetry/telemetry.ts';
import type { Provider } from './provider.ts';

/** The same provider, with a span around each request, whose trace context the request takes along. */
export function tracedProvider(provider: Provider, telemetry: Telemetry): Provider {
  return {
    policyOf: provider.policyOf,
    ask: call => provider.ask(call),
    ...(provider.rosterOf && { rosterOf: provider.rosterOf }),
    perform: request => {
      const { callKey, kind, actionId, generation } = request;
      const facts = { 'ringback.action.id': actionId, 'ringback.action.kind': kind };
      return telemetry.inSpan({ name: `perform ${kind}`, kind: 'client', callKey, facts }, async span => {
        const result = await provider.perform({ ...request, traceparent: span.traceparent ?? undefined });
        span.tell({ 'ringback.action.result': result.kind, 'ringback.action.generation': generation });
        return result;
      });
    },
  };
}
