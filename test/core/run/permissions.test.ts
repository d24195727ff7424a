import { describe, expect, test } from 'vitest';
import { knownRegions } from '#core/config/known-regions.ts';
import { reportNotes } from '#core/messages/report-notes.ts';
import type { LastingFault } from '#core/model/fault.ts';
import { readPolicy, simulateAction } from '#core/permissions/read-policy.ts';
import { run } from '#core/run/run.ts';
import { lambdaConcurrency } from '#faults/functions/lambda-concurrency.ts';
import { faults } from '#faults/registry.ts';
import { iamDeny } from '#faults/roles/iam-deny.ts';
import { kinds } from '#targets/registry.ts';
import { aStrikeWorld, optIn, type StrikeWorldOptions } from '../../faults/lasting/a-strike-world.ts';
import { aRun } from '../../support/a-run.ts';
import { putRecent } from '../../support/put-recent.ts';

const mayAsk = { Effect: 'Allow', Action: ['iam:SimulatePrincipalPolicy'], Resource: ['*'] } as const;

async function reportOf(
  fault: LastingFault,
  { dryRun = true, ...options }: StrikeWorldOptions & { readonly dryRun?: boolean } = {},
) {
  const world = aStrikeWorld(fault, options);
  const trust = { principal: 'lambda.amazonaws.com' };
  world.inAccount.role({ name: 'checkout', trust, tags: optIn, lastUsedAt: world.clock.now() });
  world.region.functions.add({ name: 'checkout', tags: optIn });
  putRecent(world.region, {
    namespace: 'AWS/Lambda',
    name: 'Invocations',
    dimensions: { FunctionName: 'checkout' },
  });
  const runs = world.forRuns();
  const report = await run(aRun(runs, { dryRun }), runs);
  expect(report.strikes).toHaveLength(1);
  return report;
}

describe('a leashed run', () => {
  test('says of every action of injecting and undoing that nobody knows whether it is allowed', async () => {
    const report = await reportOf(lambdaConcurrency);
    const why = 'nobody may ask IAM: iam:SimulatePrincipalPolicy is not granted';
    expect(report.permissions).toMatchObject([
      { task: 'inject', role: 'chaos-monkey-target', accounts: ['222222222222'], missing: [], why },
      { task: 'undo', role: 'chaos-monkey-undo', accounts: ['222222222222'], missing: [], why },
    ]);
    const [inject, undo] = report.permissions ?? [];
    const called = (phases: readonly string[]) =>
      lambdaConcurrency.permissions
        .filter(({ phases: used = ['inject'] }) => phases.some((phase) => used.includes(phase as never)))
        .map(({ action }) => action);
    expect(inject?.unknown).toEqual(
      expect.arrayContaining([
        ...called(['prepare', 'inject', 'undo']),
        'scheduler:CreateSchedule',
        'scheduler:DeleteSchedule',
        'iam:PassRole',
      ]),
    );
    expect(undo?.unknown).toEqual(expect.arrayContaining([...called(['undo']), 'scheduler:DeleteSchedule']));
    expect(report.failures).toEqual([]);
    expect(reportNotes(report).map(({ text }) => text)).toContainEqual(
      expect.stringMatching(
        /Not known whether chaos-monkey-undo in 222222222222 .*DeleteFunctionConcurrency/,
      ),
    );
  });

  test.each([lambdaConcurrency, iamDeny])('where it may ask IAM: $name lacks nothing', async (fault) => {
    const report = await reportOf(fault as LastingFault, { also: [mayAsk] });
    expect(report.permissions).toBeUndefined();
    expect(report.failures).toEqual([]);
  });

  test('where it may ask IAM, it names what each role lacks, as a failure', async () => {
    const report = await reportOf(lambdaConcurrency, {
      also: [mayAsk],
      without: 'lambda:DeleteFunctionConcurrency',
    });
    expect(report.permissions).toMatchObject([
      { task: 'inject', missing: ['lambda:DeleteFunctionConcurrency'], unknown: [] },
      { task: 'undo', missing: ['lambda:DeleteFunctionConcurrency'], unknown: [] },
    ]);
    expect(report.failures).toMatchObject([
      {
        code: 'MissingPermissions',
        account: '222222222222',
        message: expect.stringContaining(
          'to inject, the role chaos-monkey-target lacks lambda:DeleteFunctionConcurrency',
        ),
      },
      {
        code: 'MissingPermissions',
        message: expect.stringContaining('to undo, the role chaos-monkey-undo lacks'),
      },
    ]);
  });

  test('where it may ask IAM, it says that there is no undo role', async () => {
    const report = await reportOf(lambdaConcurrency, { also: [mayAsk], hasUndoRole: false });
    expect(report.permissions).toMatchObject([
      {
        task: 'undo',
        missing: expect.arrayContaining(['lambda:PutFunctionConcurrency']),
        why: 'there is no such role',
      },
    ]);
  });
});

test('a live run does not ask', async () => {
  expect((await reportOf(lambdaConcurrency, { dryRun: false })).permissions).toBeUndefined();
});

test('the session that looks, and asks IAM, fits in 2,048 characters with every fault, in all regions of the largest partition', () => {
  const regions = knownRegions.filter((name) => !/^(cn|us-gov|us-iso|us-isob|eu-isoe|eusc)-/.test(name));
  const asks = [{ readPermissions: [{ action: simulateAction }] }] as const;
  const policy = readPolicy([...kinds, ...asks], [...faults.values()], regions);
  expect(JSON.stringify(policy).length).toBeLessThan(2_048);
});
