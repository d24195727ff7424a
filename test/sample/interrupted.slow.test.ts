import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { verdictExitCodes } from '#cli/context/cli-error.ts';
import { reportFolder } from '#cli/experiments/report-folder.ts';
import { cleanEnvironment, node, repository, startChild } from '../support/child-process.ts';
import { childrenOf } from './support/children-of.ts';

const file = join(repository, 'experiments/latency.yaml');

/** As a terminal does, which sends the signal to all that it has started. */
async function interrupted(signal: NodeJS.Signals) {
  const cwd = mkdtempSync(join(tmpdir(), 'chaos-interrupted-'));
  const chaos = startChild(node, [join(repository, 'bin/chaos.js'), 'experiment', 'run', file, '--sandbox'], {
    ...{ cwd, env: cleanEnvironment(), stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  });
  if (chaos.pid === undefined || chaos.stdout === null || chaos.stderr === null)
    throw new Error('no process');
  const ended = Promise.all([once(chaos, 'close'), text(chaos.stdout), text(chaos.stderr)]);
  // The environments of its functions are starting.
  while (childrenOf(chaos.pid).length < 5) await setTimeout(20);
  process.kill(-chaos.pid, signal);
  const [[exitCode], out, notes] = await ended;
  const { reports } = await reportFolder(cwd).list(1);
  rmSync(cwd, { recursive: true });
  return { exitCode, out, notes, report: reports[0] };
}

test.each([
  ['SIGINT', 'Ctrl-C'],
  ['SIGTERM', 'SIGTERM'],
] as const)('a %s while the sample starts aborts, with nothing injected', async (signal, by) => {
  const { exitCode, out, notes, report } = await interrupted(signal);
  expect({ exitCode, notes }).toMatchObject({ exitCode: verdictExitCodes.aborted });
  // There is no report where it hit a process before that had a group of its own.
  if (report === undefined)
    return expect(notes).toContain(`Stopped by ${by}, while the sample was starting.`);
  expect(report.verdict).toMatchObject({ is: 'aborted', by });
  expect(out).toContain('Nothing was injected.');
  expect(out).not.toContain('undone');
});
