import { defineConfig } from 'vitest/config';

/** What judges mutants of core/: its own tests. Those on moto and real processes would take days. */
export default defineConfig({
  test: { include: ['test/core/**/*.test.ts'], testTimeout: 30_000 },
});
