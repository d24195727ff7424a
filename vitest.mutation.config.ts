import { defineConfig } from 'vitest/config';

/** What judges mutants of core/: its own tests. Those on moto and real processes would take days. */
export default defineConfig({
  test: {
    include: ['test/core/**/*.test.ts'],
    // Ten seconds for each mutant of the decision code; smaller simulations run the same lines.
    exclude: ['test/core/simulate/million-group-days.test.ts'],
    testTimeout: 30_000,
    isolate: false,
  },
});
