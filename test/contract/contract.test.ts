import { afterAll, beforeAll } from 'vitest';
import { ApiClient } from '../support/api-client.ts';
import { askingCases } from './asking-cases.ts';
import { deliveryCases } from './delivery-cases.ts';
import { dialectCases } from './dialect-cases.ts';
import { eventGridCases } from './event-grid-cases.ts';
import { listCases } from './list-cases.ts';
import { parkedCases } from './parked-cases.ts';
import { queueCases } from './queue-cases.ts';
import { refusalCases } from './refusal-cases.ts';
import { seedCases } from './seed-cases.ts';
import { serviceCases } from './service-cases.ts';
import { openTarget, REMOTE, type Target } from './target.ts';

// What the app promises to whoever sends HTTP requests, on any host. Against a deployment that runs already:
//   BASE_URL=http://127.0.0.1:7071 CALLBACK_SECRET=… [FUNCTION_KEY=…] [STORAGE_CONNECTION_STRING=…] [EMULATOR_URL=…] \
//     vitest run --project e2e test/contract
// Without BASE_URL the suite starts storage and the built app by itself. It can run any number of times against the
// same data: every test uses calls of its own.

let target: Target;
let api: ApiClient;

beforeAll(async () => {
  target = await openTarget();
  api = new ApiClient(target);
});

afterAll(() => target.close());

seedCases(() => api);
deliveryCases(() => api);
dialectCases(() => api);
eventGridCases(() => api);
refusalCases(() => api);
parkedCases(() => api);
listCases(() => api);
serviceCases(
  () => api,
  () => target,
);

if (REMOTE === undefined || REMOTE.storageConnectionString !== undefined) {
  queueCases(
    () => api,
    () => target,
  );
} else {
  console.log('The tests of the queues were NOT run: STORAGE_CONNECTION_STRING is not set.');
}

if (REMOTE === undefined || REMOTE.emulatorUrl !== undefined) {
  askingCases(
    () => api,
    () => target,
  );
} else {
  console.log('The tests of what asks ACS for something were NOT run: EMULATOR_URL is not set.');
}
