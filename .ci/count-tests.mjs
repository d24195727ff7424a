// Prints what failed in reports of vitest, as "file > test" with the report's name, and then the total of all of them as the last
// line: "N passed, N failed", and any skipped. A test file that failed to load counts as one failure, and so does a missing report.
// Usage: node .ci/count-tests.mjs REPORT...
import { existsSync, readFileSync } from 'node:fs';
import { basename, relative } from 'node:path';

const shown = 40;
const say = (line) => process.stdout.write(`${line}\n`);
const counts = { passed: 0, failed: 0, skipped: 0 };
const failures = [];
for (const report of process.argv.slice(2)) {
  const run = basename(report, '.json');
  if (!existsSync(report)) {
    failures.push(`${run}: has no report`);
    continue;
  }
  for (const { name, status, assertionResults } of JSON.parse(readFileSync(report, 'utf8')).testResults) {
    const failed = assertionResults.filter((test) => test.status === 'failed');
    const file = `${run}: ${relative(process.cwd(), name)}`;
    if (status === 'failed' && failed.length === 0) failures.push(`${file} failed to load`);
    failures.push(...failed.map((test) => `${file} > ${test.fullName}`));
    for (const { status: state } of assertionResults) {
      if (state !== 'failed') counts[state in counts ? state : 'skipped'] += 1;
    }
  }
}
counts.failed = failures.length;
for (const failure of failures.slice(0, shown)) say(`FAILED: ${failure}`);
if (failures.length > shown) say(`and ${failures.length - shown} more`);
const { passed, failed, skipped } = counts;
say(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
