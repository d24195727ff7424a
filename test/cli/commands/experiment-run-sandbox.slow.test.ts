import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '#aws/clients/clock.ts';
import { verdictExitCodes } from '#cli/context/cli-error.ts';
import { reportFolder } from '#cli/experiments/report-folder.ts';
import { ExperimentReport } from '#core/reports/experiment-report.ts';
import { aCli, noAws } from '../../support/a-cli.ts';
import { cleanEnvironment, node, repository, startChild } from '../../support/child-process.ts';

test('a verdict is printed, and is the exit code, where its report cannot be written', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'chaos-experiment-'));
  mkdirSync(join(cwd, '.chaos'));
  writeFileSync(join(cwd, '.chaos/experiments'), '');
  const cli = aCli({ cwd, clock: systemClock, transport: noAws });
  const { exitCode, out, notes } = await cli(
    ...['experiment', 'rehearse', join(repository, 'experiments/latency.yaml'), '--sandbox', '--json'],
    ...['--set', 'steadyState.baseline=1s', '--set', 'method.slow.duration=1s'],
  );
  const { verdict } = ExperimentReport.parse(JSON.parse(out));
  expect(exitCode).toBe(verdictExitCodes[verdict.is]);
  expect(notes).toMatch(/Its report could not be written to \.chaos\/experiments, so no list has it: /);
  rmSync(cwd, { recursive: true });
}, 60_000);

test('a verdict that could not be printed does not end as one that deviated', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'chaos-experiment-'));
  const command = `"$0" "$1/bin/chaos.js" experiment rehearse "$1/experiments/latency.yaml" --sandbox --set steadyState.baseline=1s --set method.slow.duration=1s > /dev/full`;
  const chaos = startChild('sh', ['-c', command, node, repository], { cwd, env: cleanEnvironment() });
  const [exitCode] = await once(chaos, 'close');
  const [report] = (await reportFolder(cwd).list(1)).reports;
  if (report === undefined) throw new Error('there is no report');
  const { is } = report.verdict;
  expect(exitCode).toBe(verdictExitCodes[is === 'survived' ? 'failed' : is]);
  rmSync(cwd, { recursive: true });
}, 60_000);
