import { defineConfig } from 'vitest/config';

/** The tests of the pure core only: each mutant runs those that reach it. */
export default defineConfig({
  test: {
    include: [
      'test/unit/{domain,flows,actions}/**/*.test.ts',
      'test/unit/processing/{plan-commit,settle,overdue}.test.ts',
    ],
    testTimeout: 60_000,
  },
});
