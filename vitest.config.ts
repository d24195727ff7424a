import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The e2e tests are one long file: begun last, they would keep a second core waiting. */
class E2eFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isE2e = ({ project }: TestSpecification) => project.name === 'e2e';
    const sorted = await super.sort(files);
    return [...sorted.filter(isE2e), ...sorted.filter((file) => !isE2e(file))];
  }
}

export default defineConfig({
  test: {
    // By default one core is left idle, which on two is half of them.
    maxWorkers: '100%',
    sequence: { sequencer: E2eFirst },
    // Files share a worker's modules, which saves a third of the time: none may leave anything behind in them.
    isolate: false,
    projects: [
      {
        test: { name: 'unit', testTimeout: 30_000, include: ['test/**/*.test.ts'], exclude: ['test/e2e/**'] },
      },
      {
        test: { name: 'e2e', include: ['test/e2e/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 180_000 },
      },
    ],
  },
});
