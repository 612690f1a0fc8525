import { AsyncLocalStorage } from 'node:async_hooks';
import type { InvocationContext } from '@azure/functions';
import { compose, type Services } from '../../shared/compose.ts';
import type { LogEvent } from '../../shared/telemetry/log-event.ts';
import { maskNumbers } from '../../shared/telemetry/mask-numbers.ts';

const invocation = new AsyncLocalStorage<InvocationContext>();

let composed: Services | undefined;

/**
 * Runs the body of a function with the services of this process, which are put together on first use; what it logs
 * belongs to the invocation.
 *
 * @throws SettingsError when a setting is missing or wrong.
 */
export function withServices<Result>(
  context: InvocationContext,
  body: (services: Services) => Promise<Result>,
): Promise<Result> {
  return invocation.run(context, () => body(servicesOfProcess()));
}

/** @throws SettingsError when a setting is missing or wrong. */
export function servicesOfProcess(): Services {
  composed ??= compose(log);
  return composed;
}

function log({ level, ...event }: LogEvent): void {
  const line = maskNumbers(JSON.stringify(event));
  const context = invocation.getStore();
  if (context === undefined) console.log(line);
  else context[level](line);
}
