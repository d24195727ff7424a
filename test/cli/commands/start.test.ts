import { describe, expect, test } from 'vitest';
import { story } from '#cli/commands/start.ts';
import type { Config } from '#core/config/config.ts';
import { aConfig } from '../../support/a-config.ts';
import { cliConfig } from '../../support/a-deployment.ts';
import { aTerminal } from '../../support/a-terminal.ts';

async function told(config: Config) {
  const { terminal, out, notes } = aTerminal();
  const exitCode = await story(config, terminal, async () => terminal.out('the experiment'));
  return { exitCode, text: out(), notes: notes() };
}

/** The chapters, by the words their titles begin with. */
function chapter(text: string, title: string): string {
  const found = text.split('\n== ').find((one) => one.startsWith(title));
  if (found === undefined) throw new Error(`no chapter "${title}" in:\n${text}`);
  return found;
}

describe('story', () => {
  test('shows a fleet, a leashed run, the same run live, the e-mail and the aftermath', async () => {
    const { exitCode, text, notes } = await told(cliConfig);
    expect(chapter(text, 'The fleet')).toMatch(
      /111111111111 us-east-1\n +checkout +Auto Scaling group, 4 of 4 in service +chaos:opt-in=true chaos:probability=1$/m,
    );

    const leashed = chapter(text, 'A leashed run, Mon 2026-11-23 09:00 UTC');
    expect(leashed).toContain(' LEASHED  Chaos monkey would have struck');
    const reasons = [...leashed.matchAll(/^ {2}([a-z-]+) \(\d+\)$/gm)].map(([, code]) => code);
    expect(reasons).toEqual(
      expect.arrayContaining([
        'not-drawn',
        'group-degraded',
        'too-few-healthy',
        'instance-not-opted-in',
        'bad-tag',
      ]),
    );

    const live = chapter(text, 'The same slot, live');
    const struck = [...live.matchAll(/^ {2}(i-\w+) {2}/gm)].map(([, id]) => id);
    expect(struck.length).toBeGreaterThanOrEqual(1);
    expect([...leashed.matchAll(/^ {2}(i-\w+) {2}/gm)].map(([, id]) => id)).toEqual(struck);

    const mail = chapter(text, 'The e-mail');
    for (const id of struck) expect(mail).toContain(id);
    expect(mail).toMatch(/\| Subject: Chaos monkey struck/);

    const aftermath = chapter(text, 'Three minutes later');
    expect(aftermath).toMatch(
      / {4}i-\w+ {2}terminated {2}struck with ec2-terminate.*\n {4}i-\w+ {2}running +launched in its place/,
    );

    const verified = chapter(text, 'Have they recovered?');
    expect(verified).toContain(` VERIFY  Chaos monkey: ${struck.length} group`);
    for (const id of struck) {
      expect(verified).toMatch(
        new RegExp(`in \\d+ min( \\d+ s)?: (\\d+) of \\2 desired are healthy\n +${id}, struck at `),
      );
    }

    const again = chapter(text, 'The same slot delivered again');
    expect(again.match(/: it has been struck in this slot/g)).toHaveLength(struck.length);

    const lasting = chapter(text, 'Another fault, which lasts');
    expect(lasting).toMatch(/lambda-latency: succeeded\n.* 20 ms each\n.* 1,020 ms each\n.* 20 ms each\n/);
    for (const line of lasting.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
    expect(chapter(text, 'The e-mail about it')).toContain('orders: lambda-latency');
    expect({ exitCode, notes }).toEqual({ exitCode: 0, notes: '' });
  });

  test('is deterministic', async () => {
    expect(await told(cliConfig)).toEqual(await told(cliConfig));
  });

  test('mirrors other configurations, and says that it ignores their leash', async () => {
    const config = aConfig({
      accounts: ['444444444444'],
      regions: ['ap-southeast-2'],
      leashed: true,
      faults: ['ec2-stop'],
      schedule: { timeZone: 'Australia/Sydney', days: ['sat'], from: '22:00', to: '23:00' },
    });
    const { exitCode, text } = await told(config);
    expect(chapter(text, 'The fleet')).toContain('444444444444 ap-southeast-2');
    expect(chapter(text, 'A leashed run, Sat 2026-11-28 22:00 Australia/Sydney')).toContain('ec2-stop');
    const live = chapter(text, 'The same slot, live');
    expect(live).toContain(
      'A deployed monkey would stay leashed, because chaos.config.ts says leashed: true. This one is unleashed.',
    );
    expect(live).toContain(' LIVE  Chaos monkey struck');
    expect(exitCode).toBe(0);
  });
});
