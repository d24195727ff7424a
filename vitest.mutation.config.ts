import { defineConfig } from 'vitest/config';

// Their seconds are worth it for mutants of core/simulate/ alone: MUTANTS=simulate npx stryker run --mutate 'core/simulate/**/*.ts'
const tooSlow = process.env.MUTANTS === 'simulate' ? [] : ['test/core/simulate/**'];

/** What judges mutants of core/ and of guards: their own tests, and the contract that its ledger keeps. Those on moto would take days. */
export default defineConfig({
  test: {
    include: [
      'test/core/**/*.test.ts',
      'test/targets/*/guards/**/*.test.ts',
      'test/contract/ledger-in-memory.test.ts',
    ],
    exclude: tooSlow,
    setupFiles: ['test/support/deterministic-setup.ts'],
    testTimeout: 30_000,
    isolate: false,
  },
});
