import { describe, expect, test, vi } from 'vitest';
import { aCli, noAws } from '../../support/a-cli.ts';
import { aServer, serverForTests } from '../../support/a-server.ts';

const chaos = aCli();
const server = serverForTests();
const checkout = '111111111111/us-east-1/asg/checkout';

describe('chaos explain', () => {
  test('says that a group could be struck, after all that was asked', async () => {
    const { exitCode, out } = await chaos('explain', checkout);
    expect(out).toMatch(
      new RegExp(`^${checkout} at Mon 2026-11-23 09:00 UTC, day 2026-11-23\n\nGates\n  ✓ stop `),
    );
    expect(out).toMatch(/\n {2}✓ min-healthy .*\n {2}✓ termination-protected /s);
    expect(out).toMatch(/\nCould be struck now: \d targets to choose from$/);
    expect(exitCode).toBe(0);
  });

  test('says why it is spared', async () => {
    const veto = {
      reason: 'migration',
      by: 'ann',
      at: '2026-11-23T08:00:00.000Z',
      until: '2026-11-24T08:00:00.000Z',
    };
    await server().world.ledger.setVeto(checkout, veto);
    const { exitCode, out } = await chaos(
      'explain',
      'checkout',
      '--only-account',
      '111111111111',
      '--only-region',
      'us-east-1',
    );
    await server().world.ledger.setVeto(checkout, undefined);
    expect(out).toMatch(/ {2}✗ vetoed +vetoed until Tue 2026-11-24 08:00 UTC by ann: migration\n/);
    expect(out).toMatch(/\nSpared now: vetoed: vetoed until Tue 2026-11-24 08:00 UTC by ann: migration$/);
    expect(exitCode).toBe(0);
  });

  test.each([
    ['elsewhere', '333333333333', 0],
    ['where it is', '111111111111', 1],
  ])('what could not be inspected %s is told, and ends with its exit code', async (_, account, expected) => {
    const { fleet } = server().world;
    const denied = { stage: 'assume-role', code: 'AccessDenied', message: 'no', account } as const;
    const broken = await aServer({
      fleet: {
        ...fleet,
        survey: async (...given) => ({ ...(await fleet.survey(...given)), failures: [denied] }),
      },
    });
    vi.stubEnv('AWS_ENDPOINT_URL', broken.url);
    const { exitCode, out } = await chaos(
      'explain',
      'checkout',
      '--only-region',
      'us-east-1',
      '--only-account',
      '111111111111',
    );
    await broken.close();
    expect(out).toContain(`\n  assume-role ${account}: no\n`);
    expect(exitCode).toBe(expected);
  });

  test('ends with 2 for a name that fits no group, or when nothing is looked at', async () => {
    const nobody = await chaos('explain', 'chekout');
    expect(nobody.notes).toContain('with or without the tag, found "chekout"; did you mean checkout?');
    const nowhere = await chaos('explain', 'web', '--only-account', '999999999999');
    expect(nowhere.notes).toContain('expected an account of the configuration');
    for (const { exitCode, out } of [nobody, nowhere])
      expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
  });

  test('--sandbox asks no AWS, and refuses alike', async () => {
    const alone = aCli({ transport: noAws });
    const { exitCode, out } = await alone('explain', 'cart', '--sandbox', '--json');
    const { guards, schemaVersion } = JSON.parse(out);
    expect(schemaVersion).toBe(2);
    expect(guards).toContainEqual(expect.objectContaining({ code: 'group-degraded', passes: false }));
    expect(exitCode).toBe(0);
    expect(await alone('explain', 'chekout', '--sandbox')).toMatchObject({ exitCode: 2, out: '' });
  });
});
