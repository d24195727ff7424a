import { describe, expect, test, vi } from 'vitest';
import { aCli, noAws } from '../../support/a-cli.ts';
import { aServer, serverForTests } from '../../support/a-server.ts';

const chaos = aCli();
const server = serverForTests();
const checkout = '111111111111/us-east-1/asg/checkout';

describe('chaos groups', () => {
  test('lists the groups that the deployed function sees, with what holds them', async () => {
    const leash = { reason: 'flaky', by: 'ann', at: '2026-11-23T08:00:00.000Z' };
    await server().world.ledger.setLeash(checkout, leash);
    const { exitCode, out, notes } = await chaos('groups');
    const asJson = await chaos('groups', '--json', '--only-account', '111111111111');
    await server().world.ledger.setLeash(checkout, undefined);
    expect(out).toMatch(/^\d+ opted-in groups, 1 of them exempt, as of Mon 2026-11-23 09:00 UTC\n/);
    expect(out).toMatch(
      new RegExp(
        `\n${checkout}\n  4 of 4 healthy; no strike yet\n.*\n  LEASHED since Mon .* by ann: flaky\n`,
      ),
    );
    expect(notes).toBe('Asking chaos_monkey in eu-west-1 of account 111111111111 for its groups ...');
    expect(exitCode).toBe(0);
    const { seen, groups } = JSON.parse(asJson.out);
    expect(groups).toHaveLength(seen);
    expect(groups).toContainEqual(
      expect.objectContaining({ group: checkout, record: expect.objectContaining({ leash }) }),
    );
    expect(groups.every(({ group }: { group: string }) => group.startsWith('111111111111/'))).toBe(true);
  });

  test('ends with 1 when something could not be inspected', async () => {
    const { fleet } = server().world;
    const failures = [
      { stage: 'assume-role', code: 'AccessDenied', message: 'no', account: '222222222222' },
    ] as const;
    const broken = await aServer({
      fleet: { ...fleet, survey: async (...given) => ({ ...(await fleet.survey(...given)), failures }) },
    });
    vi.stubEnv('AWS_ENDPOINT_URL', broken.url);
    const { exitCode, out } = await chaos('groups');
    await broken.close();
    expect(out).toMatch(/\n\nFailures: 1\n {2}assume-role AccessDenied \(1\)\n {4}222222222222 {2}no$/);
    expect(exitCode).toBe(1);
  });

  test('--sandbox asks no AWS, and refuses an account that is not configured', async () => {
    const alone = aCli({ transport: noAws });
    const { exitCode, out } = await alone('groups', '--sandbox', '--json');
    expect(JSON.parse(out)).toMatchObject({ schemaVersion: 2, timeZone: 'UTC', failures: [] });
    expect(exitCode).toBe(0);
    const nowhere = await alone('groups', '--sandbox', '--only-account', '999999999999');
    expect(nowhere).toMatchObject({ exitCode: 2, out: '' });
    expect(nowhere.notes).toContain('account: expected an account of the configuration');
  });
});
