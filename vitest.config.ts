import { defineConfig } from 'vitest/config';

// Vitest sets BASE_URL to a path of its own in the tests, so they get ours under another name.
const target = process.env['BASE_URL'];

/** Integration tests that take long: they start whole processes, or wait for answers that do not come. */
const LONG = ['actions', 'local', 'processes'].map(folder => `test/integration/${folder}/**/*.test.ts`);

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          // Unit tests share no globals, so one worker context serves them all: ten times faster on two cores.
          pool: 'threads',
          isolate: false,
          // Unless told, one core of two is left alone.
          maxWorkers: '100%',
          // Properties and exhaustive orders take seconds, and longer beside other work: a slow machine is no failure.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          exclude: ['test/integration/simulation/**', ...LONG],
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 30_000,
          hookTimeout: 60_000,
          globalSetup: ['test/support/azurite-setup.ts'],
        },
      },
      {
        test: {
          name: 'integration-long',
          include: LONG,
          pool: 'forks',
          // As those of e2e, with which they share the workers.
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
          testTimeout: 30_000,
          hookTimeout: 60_000,
          globalSetup: ['test/support/azurite-setup.ts'],
        },
      },
      {
        test: {
          name: 'simulation',
          include: ['test/integration/simulation/**/*.test.ts'],
          pool: 'forks',
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
          // A bug is looked for in hundreds of histories: what that takes says nothing about the product.
          testTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'e2e',
          env: target === undefined ? {} : { TARGET_URL: target },
          include: ['test/e2e/**/*.test.ts', 'test/contract/**/*.test.ts'],
          pool: 'forks',
          // Each file has an app and a storage of its own, and mostly waits for them.
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
