import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { repository } from '../../support/child-process.ts';

/** The server under npm, once it says that it is up; and all that it has said once nobody holds its stdout any more. */
async function served() {
  const npm = spawn('npm', ['run', 'serve'], {
    cwd: repository,
    env: { ...process.env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let said = '';
  const { promise: isUp, resolve } = Promise.withResolvers<void>();
  npm.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    if (said.includes(' is listening on ')) resolve();
  });
  const ended = once(npm.stdout, 'close').then(() => said);
  await isUp;
  return { npm, ended };
}

test.each(['SIGTERM', 'SIGINT', 'SIGKILL'] as const)('npm run serve ends with npm, on %s', async (signal) => {
  const { npm, ended } = await served();
  npm.kill(signal);
  expect(await ended).toMatch(/\nEnded\.\n$/);
});
