import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { RunReport } from '#core/reports/run-report.ts';
import { aCli, noAws } from '../support/a-cli.ts';
import { aServer } from '../support/a-server.ts';

const chaos = aCli();
const checkout = '111111111111/us-east-1/asg/checkout';

let server: Awaited<ReturnType<typeof aServer>>;
beforeAll(async () => {
  server = await aServer();
});
afterAll(() => server.close());
beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'any');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'any');
  vi.stubEnv('AWS_ENDPOINT_URL', server.url);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

describe('chaos plan', () => {
  test("prints the deployed function's plan", async () => {
    const { exitCode, out, notes } = await chaos('plan', '--date', '2026-11-27', '--days', '2');
    expect(out).toMatch(
      /^ LIVE {2}Chaos monkey: \d+ strikes are drawn for Fri 2026-11-27 to Sat 2026-11-28\n/,
    );
    expect(out).toMatch(
      new RegExp(`\nFri 2026-11-27, UTC: \\d+ strikes\n  ${checkout} +09:00.* ec2-terminate on i-\\w+\n`),
    );
    expect(out).toContain('Nothing is struck on Sat 2026-11-28: Saturday');
    expect(notes).toBe('Asking chaos_monkey in eu-west-1 of account 111111111111 for a plan ...');
    expect(exitCode).toBe(0);
  });

  test('foretells what the runs of the day then strike', async () => {
    const { days } = JSON.parse((await chaos('plan', '--json')).out);
    const first = '2026-11-23T09:00:00Z';
    const planned = days[0].strikes.filter(({ slot }: { slot: string }) => slot === first);
    const report = await invoked({ slot: first });
    const drawn = report.decisions.filter(({ drawn = 1, probability = 0 }) => drawn < probability);
    expect(drawn.length).toBeGreaterThan(0);
    expect(planned.map(({ group }: { group: string }) => group).sort()).toEqual(
      drawn.map(({ group }) => group).sort(),
    );
  });

  test('ends with 1 where something could not be looked at', async () => {
    const broken = await aServer({
      fleet: {
        ...server.world.fleet,
        survey: async () => ({
          value: { seen: [], regionsSurveyed: 0 },
          failures: [{ stage: 'assume-role', code: 'AccessDenied', message: 'no', account: '222222222222' }],
        }),
      },
    });
    vi.stubEnv('AWS_ENDPOINT_URL', broken.url);
    const { exitCode, out } = await chaos('plan');
    await broken.close();
    expect(out).toMatch(/Failures: 1\n {2}assume-role AccessDenied \(1\)\n {4}222222222222 {2}no\n/);
    expect(exitCode).toBe(1);
  });

  test('--sandbox asks no AWS', async () => {
    const { exitCode, out, notes } = await aCli({ transport: noAws })('plan', '--sandbox', '--json');
    expect(JSON.parse(out)).toMatchObject({ mode: 'live', timeZone: 'UTC', failures: [] });
    expect(notes).toBe('On an embedded AWS with a made-up fleet. Nothing real is touched.');
    expect(exitCode).toBe(0);
  });
});

describe('chaos groups', () => {
  test('lists the groups that the deployed function sees, with what holds them', async () => {
    const leash = { reason: 'flaky', by: 'ann', at: '2026-11-23T08:00:00.000Z' };
    await server.world.ledger.setLeash(checkout, leash);
    const { exitCode, out, notes } = await chaos('groups');
    const asJson = await chaos('groups', '--json', '--only-account', '111111111111');
    await server.world.ledger.setLeash(checkout, undefined);
    expect(out).toMatch(/^\d+ opted-in groups, 1 of them left alone, seen Mon 2026-11-23 09:00 UTC\n/);
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

  test('ends with 1 where something could not be looked at', async () => {
    const { fleet } = server.world;
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

describe('chaos explain', () => {
  test('says that a group could be struck, after all that was asked', async () => {
    const { exitCode, out } = await chaos('explain', checkout);
    expect(out).toMatch(
      new RegExp(`^${checkout} at Mon 2026-11-23 09:00 UTC, day 2026-11-23\n\nGates\n  ✓ stop `),
    );
    expect(out).toMatch(/\n {2}✓ min-healthy .*\n {2}✓ termination-protected /s);
    expect(out).toMatch(/\nCould be struck now: \d instances to choose from$/);
    expect(exitCode).toBe(0);
  });

  test('says why it is spared', async () => {
    const veto = {
      reason: 'migration',
      by: 'ann',
      at: '2026-11-23T08:00:00.000Z',
      until: '2026-11-24T08:00:00.000Z',
    };
    await server.world.ledger.setVeto(checkout, veto);
    const { exitCode, out } = await chaos(
      'explain',
      'checkout',
      '--only-account',
      '111111111111',
      '--only-region',
      'us-east-1',
    );
    await server.world.ledger.setVeto(checkout, undefined);
    expect(out).toMatch(/ {2}✗ vetoed +vetoed until Tue 2026-11-24 08:00 UTC by ann: migration\n/);
    expect(out).toMatch(/\nSpared now: vetoed: vetoed until Tue 2026-11-24 08:00 UTC by ann: migration$/);
    expect(exitCode).toBe(0);
  });

  test.each([
    ['elsewhere', '333333333333', 0],
    ['where it is', '111111111111', 1],
  ])('what could not be looked at %s is told, and ends with its exit code', async (_, account, expected) => {
    const { fleet } = server.world;
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

  test('ends with 2 for a name that fits no group, or where nothing is looked at', async () => {
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

describe('chaos replay', () => {
  test('decides a recorded run again, to the same', async () => {
    const { runId } = await invoked({ dryRun: false });
    const { exitCode, out } = await chaos('replay', runId);
    expect(out).toMatch(
      new RegExp(
        `^\\d+ groups of run ${runId} decided again, \\d+ of them chosen to be struck: all the same$`,
      ),
    );
    expect(exitCode).toBe(0);
  });

  test('shows both sides of what is decided otherwise, and ends with 1', async () => {
    const { runId } = await invoked({ dryRun: false });
    const recording = await server.world.ledger.recording(runId);
    if (recording === undefined) throw new Error('not recorded');
    // As if guards had been others then.
    const groups = recording.groups.map((group) => {
      if (group.decision.group !== checkout) return group;
      const { also: _, ...decision } = group.decision;
      const reason = { code: 'moon', text: 'it was full' };
      return { ...group, decision: { ...decision, verdict: 'spare' as const, reason } };
    });
    await server.world.ledger.keepRecording({ ...recording, groups });
    const { exitCode, out } = await chaos('replay', runId);
    expect(out).toContain(
      `: 1 group decided otherwise:\n  ${checkout}\n    then  spare: moon: it was full\n    now   `,
    );
    expect(exitCode).toBe(1);
    expect(JSON.parse((await chaos('replay', runId, '--json')).out)).toMatchObject({ runId, differences: 1 });
  });

  test('ends with 2 for a run that was not recorded', async () => {
    const { exitCode, out, notes } = await chaos('replay', '20261123T090000Z-ffffffff');
    expect(notes).toContain('runId: expected a run that was recorded');
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
  });
});

/** A run of the function that the server serves. */
async function invoked(request: object): Promise<RunReport> {
  const answer = await fetch(`${server.url}/runs`, { method: 'POST', body: JSON.stringify(request) });
  return (await answer.json()) as RunReport;
}
