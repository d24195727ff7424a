import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { SkippedTestsReporter } from './test/support/skipped-tests-reporter.ts';

const minute = 60_000;
/** What needs more than Node, starts processes that load all there is, or takes long. */
const slow = ['test/**/*.slow.test.ts'];
const e2e = ['test/e2e/**/*.test.ts'];
/** What measures real processes, and so must have the machine for itself. */
const samples = ['test/sample/**/*.slow.test.ts'];

/** Files that take long go first: begun last, one would keep the other cores waiting. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const order = ['e2e', 'slow', 'unit', 'samples'];
    const sorted = await super.sort(files);
    return sorted.sort((a, b) => order.indexOf(a.project.name) - order.indexOf(b.project.name));
  }
}

export default defineConfig({
  test: {
    // By default one core is left idle, which on two is half of them.
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
    reporters: ['default', new SkippedTestsReporter()],
    // Files share a worker's modules, which saves a third of the time: none may leave anything behind in them.
    isolate: false,
    setupFiles: ['test/support/deterministic-setup.ts'],
    // For tests that hang, and only them: no machine may be so slow that they cut one off.
    testTimeout: 2 * minute,
    hookTimeout: 2 * minute,
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['test/**/*.test.ts'], exclude: [...slow, ...e2e] },
      },
      {
        extends: true,
        test: {
          name: 'slow',
          include: slow,
          exclude: samples,
          testTimeout: 10 * minute,
          hookTimeout: 10 * minute,
        },
      },
      {
        extends: true,
        test: {
          name: 'samples',
          include: samples,
          fileParallelism: false,
          // After all others.
          sequence: { groupOrder: 1 },
          testTimeout: 10 * minute,
          hookTimeout: 10 * minute,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: e2e,
          testTimeout: 10 * minute,
          hookTimeout: 10 * minute,
          globalSetup: 'test/e2e/global-setup.ts',
        },
      },
    ],
  },
});
