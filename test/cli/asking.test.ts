import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { RunReport } from '#core/report.ts';
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
  test("prints the deployed function's plan, day by day", async () => {
    const { exitCode, out, notes } = await chaos('plan', '--date', '2026-11-27', '--days', '2');
    expect(out).toMatch(
      /^ LIVE {2}Chaos monkey: \d+ strikes are drawn for Fri 2026-11-27 to Sat 2026-11-28\n/,
    );
    expect(out).toMatch(new RegExp(`\n  15:00  ${checkout} +ec2-terminate on i-\\w+\n`));
    expect(out).toContain('Sat 2026-11-28, UTC: nothing, Saturday');
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
          found: { seen: [], regionsSurveyed: 0 },
          failures: [{ stage: 'assume-role', code: 'AccessDenied', message: 'no', account: '222222222222' }],
        }),
      },
    });
    vi.stubEnv('AWS_ENDPOINT_URL', broken.url);
    const { exitCode, out } = await chaos('plan');
    await broken.close();
    expect(out).toMatch(/Failed: 1\n {2}assume-role AccessDenied \(1\)\n {4}222222222222 {2}no\n/);
    expect(exitCode).toBe(1);
  });

  test('--sandbox asks no AWS', async () => {
    const { exitCode, out, notes } = await aCli({ transport: noAws })('plan', '--sandbox', '--json');
    expect(JSON.parse(out)).toMatchObject({ mode: 'live', timeZone: 'UTC', failures: [] });
    expect(notes).toBe('On an embedded AWS with a made-up fleet. Nothing real is touched.');
    expect(exitCode).toBe(0);
  });
});

describe('chaos explain', () => {
  test('says that a group could be struck, after all that was asked', async () => {
    const { exitCode, out } = await chaos('explain', checkout);
    expect(out).toMatch(
      new RegExp(`^${checkout} at 2026-11-23T09:00:00Z, day 2026-11-23\n\nGates\n  ✓ stop `),
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
    expect(out).toMatch(/ {2}✗ vetoed +vetoed until 2026-11-24T08:00:00.000Z by ann: migration\n/);
    expect(out).toMatch(/\nSpared now: vetoed: vetoed until 2026-11-24T08:00:00.000Z by ann: migration$/);
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
    expect(nobody.notes).toContain('group: expected a group that is there and has opted in, found "chekout"');
    const nowhere = await chaos('explain', 'web', '--only-account', '999999999999');
    expect(nowhere.notes).toContain('expected an account and region of the configuration');
    for (const { exitCode, out } of [nobody, nowhere])
      expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
  });

  test('--sandbox asks no AWS, and refuses alike', async () => {
    const alone = aCli({ transport: noAws });
    const { exitCode, out } = await alone('explain', 'cart', '--sandbox', '--json');
    const { guards, schemaVersion } = JSON.parse(out);
    expect(schemaVersion).toBe(1);
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
    const [first, ...groups] = recording.groups;
    if (first === undefined) throw new Error('nothing recorded');
    const reason = { code: 'moon', text: 'it was full' };
    const other = { ...first, decision: { ...first.decision, verdict: 'spare' as const, reason } };
    await server.world.ledger.keepRecording({ ...recording, groups: [other, ...groups] });
    const { exitCode, out } = await chaos('replay', runId);
    expect(out).toContain(
      `: 1 group decided otherwise:\n  ${first.decision.group}\n    then  spare: moon: it was full\n`,
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
