import type { IncomingRoute } from './actions/incoming-routes.ts';
import { SettingsError } from './config/settings.ts';
import type { Flow } from './flows/flow.ts';
import { flowStartOf } from './flows/flow-input.ts';

/**
 * The routes as calls are taken by them: each flow that they name is there, runs calls of GA, as all that come in are, and
 * takes the input that they give it, which is completed with what has a default. Flows are loaded only where a route names
 * one, since they would lengthen every cold start.
 *
 * @throws SettingsError that names the setting and the place of each fault.
 */
export async function resolveIncomingRoutes(
  routes: readonly IncomingRoute[],
  loadFlows: () => Promise<readonly Flow[]>,
): Promise<readonly IncomingRoute[]> {
  if (!routes.some(route => flowOf(route) !== null)) return routes;
  const flows = await loadFlows();
  const faults: string[] = [];
  const resolved = routes.map((route, index) => {
    if (route.action !== 'answer' || route.flow === null) return route;
    const started = flowStartOf(flows, route.flow, 'ga');
    if (started.ok) return { ...route, flow: started.flow };
    faults.push(...started.faults.map(({ pointer, detail }) => `/${index}${pointer}: ${detail}`));
    return route;
  });
  if (faults.length === 0) return resolved;
  throw new SettingsError(faults.map(fault => `INCOMING_CALL_ROUTES: ${fault}`).join('; '));
}

function flowOf(route: IncomingRoute) {
  return route.action === 'answer' ? route.flow : null;
}
