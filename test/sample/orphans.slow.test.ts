import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { cleanEnvironment, node, repository, startChild } from '../support/child-process.ts';
import { childrenOf } from './support/children-of.ts';

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test.each(['SIGKILL', 'SIGTERM'] as const)('nothing of the sample outlives a %s', async (signal) => {
  const parent = startChild(node, ['test/sample/support/start-both.ts'], {
    cwd: repository,
    env: cleanEnvironment(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (parent.stdout === null) throw new Error('its output is not read');
  const [line] = await once(createInterface(parent.stdout), 'line');
  expect(line).toBe('started');
  const children = childrenOf(parent.pid);
  expect(children.length).toBeGreaterThan(10);

  parent.kill(signal);
  await once(parent, 'exit');
  while (children.some(isAlive)) await setTimeout(20);
});
