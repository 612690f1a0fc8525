import { describe, expect, it } from 'vitest';
import { FLOWS } from '../../flows/registry.ts';
import { readIncomingRoutes } from '../../shared/actions/incoming-routes.ts';
import { SettingsError } from '../../shared/config/settings.ts';
import { resolveIncomingRoutes } from '../../shared/resolve-incoming-routes.ts';
import { testFlow } from '../support/test-flow.ts';

function routesOf(value: unknown) {
  const read = readIncomingRoutes(JSON.stringify(value));
  if (!read.ok) throw new Error(read.faults.join('; '));
  return read.routes;
}

const answeredBy = (flow: object) => ({ action: 'answer', flow });
const MENU = { name: 'interactive-menu', version: 1 };

describe('resolveIncomingRoutes', () => {
  it('loads no flow where no route names one', async () => {
    const routes = routesOf([{ action: 'reject', from: '4:anonymous' }, { action: 'answer' }]);
    const loadFlows = async () => {
      throw new Error('Flows were loaded.');
    };

    expect(await resolveIncomingRoutes(routes, loadFlows)).toEqual(routes);
  });

  it('completes what a flow is given with what has a default', async () => {
    const example = FLOWS.find(({ name }) => name === MENU.name)?.example ?? {};
    const { firstDigitSeconds: _, ...input } = example;
    const routes = routesOf([{ action: 'ignore', to: '+49*' }, answeredBy({ ...MENU, input })]);

    const [first, second] = await resolveIncomingRoutes(routes, async () => FLOWS);

    expect(first).toEqual(routes[0]);
    expect(second).toMatchObject({
      flow: { ...MENU, input: { ...input, firstDigitSeconds: expect.any(Number) as number } },
    });
  });

  it.each([
    {
      name: 'a flow that there is not',
      flow: { name: 'welcome', version: 1 },
      fault: 'INCOMING_CALL_ROUTES: /1/flow/name: expected a flow of this app: test-flow',
    },
    {
      name: 'a version that is not deployed',
      flow: { name: 'test-flow', version: 7 },
      fault: 'INCOMING_CALL_ROUTES: /1/flow/version: expected a version that is deployed: 1',
    },
    {
      name: 'a flow that cannot run calls of GA',
      flow: { name: 'old-flow', version: 1, input: testFlow.example },
      fault:
        'INCOMING_CALL_ROUTES: /1/flow/name: expected a flow for calls of ga: old-flow is for those of preview-2021-04',
    },
    {
      name: 'an input that the flow does not take',
      flow: { name: 'test-flow', version: 1 },
      fault: 'INCOMING_CALL_ROUTES: /1/flow/input/prompt: ',
    },
  ])('refuses $name, and names the setting and the place', async ({ flow, fault }) => {
    const flows = [testFlow, { ...testFlow, name: 'old-flow', dialects: ['preview-2021-04'] as const }];
    const resolved = resolveIncomingRoutes(
      routesOf([{ action: 'ignore' }, answeredBy(flow)]),
      async () => flows,
    );

    await expect(resolved).rejects.toThrow(SettingsError);
    await expect(resolved).rejects.toThrow(fault);
  });

  it('tells of every fault at once', async () => {
    const routes = routesOf([answeredBy({ name: 'a', version: 1 }), answeredBy({ name: 'b', version: 1 })]);

    await expect(resolveIncomingRoutes(routes, async () => [testFlow])).rejects.toThrow(
      /\/0\/flow.*\/1\/flow/,
    );
  });
});
