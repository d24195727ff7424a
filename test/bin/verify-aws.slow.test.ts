import { once } from 'node:events';
import { expect, test } from 'vitest';
import { cleanEnvironment, node, repository, runNode, startChild } from '../support/child-process.ts';

test('npm run verify:aws checks the sandbox in a process of its own', async () => {
  const { exitCode, stdout, stderr } = await runNode(
    ['bin/checked.js', 'verify-aws', '--sandbox'],
    cleanEnvironment(),
  );
  expect(stderr).toContain('Nothing real is touched');
  expect(stdout).toContain('Everything that was created has been removed.');
  expect(exitCode).toBe(0);
});

test('without credentials it says so in a sentence', async () => {
  const { exitCode, stderr } = await runNode(
    ['bin/checked.js', 'verify-aws', '--account', '111111111111', '--only', 'deny-of-queue-ends'],
    cleanEnvironment(),
  );
  expect(stderr).toContain('Could not find out whose credentials these are. No usable AWS credentials.');
  expect(stderr).not.toMatch(/^ {4}at /m);
  expect(exitCode).toBe(1);
});

test('Ctrl-C ends it early, with nothing left', async () => {
  const child = startChild(node, ['bin/checked.js', 'verify-aws', '--sandbox'], {
    cwd: repository,
    env: cleanEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  child.stderr?.once('data', () => child.kill('SIGINT'));
  child.stdout?.on('data', (chunk: Buffer) => {
    printed += chunk.toString('utf8');
  });
  const [exitCode] = await once(child, 'close');
  expect(printed).toContain('Everything that was created has been removed.');
  expect(exitCode).toBe(1);
});
