import type { Reporter, Vitest } from 'vitest/node';

/** After a run of only the quick tests, prints a line about the others. */
export class SkippedTestsReporter implements Reporter {
  #isQuick = false;

  onInit({ projects }: Vitest): void {
    this.#isQuick = projects.every(({ name }) => name === 'unit');
  }

  onTestRunEnd(): void {
    if (!this.#isQuick) return;
    process.stdout.write(
      'Left out: tests on moto, end to end, of whole processes, and the long ones. All of them: npm run test:all\n\n',
    );
  }
}
