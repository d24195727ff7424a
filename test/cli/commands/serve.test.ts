import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { systemClock } from '#aws/clients/clock.ts';
import { serve } from '#cli/commands/serve.ts';
import { CliError } from '#cli/context/cli-error.ts';
import type { Config } from '#core/config/config.ts';
import { cliConfig } from '../../support/a-deployment.ts';
import { aTerminal } from '../../support/a-terminal.ts';

/** On a Sunday, when the window is closed. */
const sunday = { ...systemClock, now: () => Date.parse('2026-11-22T12:00:00Z') };

function started(port: string, config: Config = cliConfig) {
  const { terminal, out } = aTerminal();
  const ending = new AbortController();
  let sayUp = (_url: string) => {};
  const up = new Promise<string>((resolve) => {
    sayUp = resolve;
  });
  const ended = serve(config, {
    env: { PORT: port },
    clock: sunday,
    ended: ending.signal,
    terminal: {
      ...terminal,
      out: (text) => {
        terminal.out(text);
        const url = /listening on (http:\S+\d)/.exec(text)?.[1];
        if (url !== undefined) sayUp(url);
      },
    },
  });
  return { up, ended, out, ending };
}

describe('serve', () => {
  test('explains how to call it, strikes even on a Sunday, and ends on request', async () => {
    const { up, ended, out, ending } = started('0');
    const url = await up;
    expect(out()).toContain('Its clock starts at Mon 2026-11-23 09:00 UTC.');
    expect(out()).toContain(`aws lambda invoke --function-name chaos_monkey --endpoint-url ${url} out.json`);
    expect(out()).toContain(`curl -s ${url}/runs `);
    const answer = await fetch(`${url}/runs`, {
      method: 'POST',
      body: '{"dryRun":false,"groups":["checkout"]}',
    });
    expect(await answer.json()).toMatchObject({ outcome: 'done', counts: { succeeded: 1, failures: 0 } });
    expect(out()).toContain('Mon 2026-11-23 09:00 UTC  api: Chaos monkey struck 1 target');
    ending.abort();
    expect(await ended).toBe(0);
    await expect(fetch(url)).rejects.toThrow();
  });

  test('strikes when it is asked to, also when the configuration keeps the deployed monkey leashed', async () => {
    const { up, ended, out, ending } = started('0', { ...cliConfig, leashed: true });
    await up;
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(out())?.[0];
    const answer = await fetch(`${url}/runs`, { method: 'POST', body: '{"dryRun":false}' });
    expect(await answer.json()).toMatchObject({ mode: 'live', counts: { failed: 0, failures: 0 } });
    ending.abort();
    await ended;
  });

  test.each(['', 'http', '-1', '65536', '4577x'])('refuses the port "%s"', async (port) => {
    await expect(started(port).ended).rejects.toEqual(
      new CliError(`PORT="${port}": expected a port from 0 to 65535; 0 picks a free one`, 2),
    );
  });

  test('says that a port is in use, and how to choose another', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const { port } = taken.address() as AddressInfo;
    await expect(started(String(port)).ended).rejects.toMatchObject({
      message: `Port ${port} is in use. Choose another: PORT=${port + 1} npm run serve`,
      exitCode: 1,
    });
    taken.close();
  });
});
