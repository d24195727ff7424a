import { describe, expect, test } from 'vitest';
import type { RunReport } from '#core/reports/run-report.ts';
import { instances } from '#targets/instances/kind.ts';
import { policyOf, type Without } from '../support/deployed-world.ts';
import { actionsAllowedBy } from '../support/policy-statements.ts';
import { type Exercise, exerciseEverything, findProblems } from './exercise-everything.ts';
import { aFullDeployment, targetId } from './full-deployment.ts';

const actions = [...new Set(instances.readPermissions.map(({ action }) => action))];
const { masterRole, targetRoles } = aFullDeployment([targetId]);
const granted = (role: Parameters<typeof policyOf>[0]) => [...actionsAllowedBy(policyOf(role))].sort();
/** What Lambda does under the function's role by itself. */
const byLambda = ['logs:CreateLogStream', 'logs:PutLogEvents', 'sqs:SendMessage'];
const ofTarget = targetRoles.flatMap(granted);
const ofMaster = granted(masterRole).filter((action) => !byLambda.includes(action));

const exercises = new Map<string, Promise<Exercise>>();
const exercisedWithout = (without: Without): Promise<Exercise> => {
  const key = JSON.stringify(without);
  const exercise = exercises.get(key) ?? exerciseEverything(aFullDeployment([targetId], without));
  exercises.set(key, exercise);
  return exercise;
};
/** The groups that the runs struck, or tried to. */
const struck = ({ runs }: Exercise) => runs.flatMap(({ strikes }) => strikes.map(({ group }) => group));
const reasonsIn = (runs: readonly RunReport[], group: string) =>
  runs
    .flatMap(({ decisions }) => decisions)
    .filter((decision) => decision.group.endsWith(group))
    .flatMap(({ reason, also = [] }) => [reason, ...also]);

describe('no role has an action too many', () => {
  test('with all of them nothing goes wrong', async () => {
    expect(findProblems(await exercisedWithout({}))).toEqual([]);
  });

  test.each(ofTarget)('a target role needs %s', async (action) => {
    expect(findProblems(await exercisedWithout({ targets: [action] })).join('\n')).toContain(action);
  });

  test.each(ofMaster)('the master role needs %s', async (action) => {
    expect(findProblems(await exercisedWithout({ master: [action] })).join('\n')).toContain(action);
  });
});

describe('a role that may look at less of instances', () => {
  // Without them there is no group to be seen, or none of its instances.
  const listings = ['autoscaling:DescribeAutoScalingGroups', 'ec2:DescribeInstances'];
  const guards: Readonly<Record<string, string>> = {
    'autoscaling:DescribeInstanceRefreshes': 'instance-refresh',
    'autoscaling:DescribeScalingActivities': 'scaling-activity',
    'cloudwatch:DescribeAlarms': 'group-alarm',
    'ec2:DescribeInstanceAttribute': 'termination-protected',
    'fis:GetSafetyLever': 'safety-lever',
  };

  test.each(actions)('strikes no Auto Scaling group without %s', async (action) => {
    const exercise = await exercisedWithout({ targets: [action] });
    expect(struck(exercise).filter((group) => group.includes('/asg/'))).toEqual([]);
  });

  test.each(Object.entries(guards))('spares for that reason without %s', async (action, code) => {
    const { runs } = await exercisedWithout({ targets: [action] });
    expect(reasonsIn(runs, '/asg/web-0')).toContainEqual({ code, text: expect.stringContaining(action) });
  });

  test.each(actions.filter((action) => !listings.includes(action)))(
    'names %s as the reason',
    async (action) => {
      const { runs } = await exercisedWithout({ targets: [action] });
      const texts = reasonsIn(runs, '/asg/web-0').map(({ text }) => text);
      expect(texts).toContainEqual(expect.stringContaining(action));
    },
  );

  test('which is what a target account has before it is deployed anew: it is spared, and each run says so', async () => {
    const exercise = await exercisedWithout({ targets: Object.keys(guards) });
    expect(struck(exercise)).toEqual([]);
    // One for each account and region.
    expect(exercise.runs.map(({ failures }) => [...new Set(failures.map(({ code }) => code))])).toEqual(
      exercise.runs.map(() => ['CouldNotBeChecked']),
    );
    for (const { counts } of exercise.runs) expect(Object.values(counts.spared)).not.toEqual([]);
    expect(reasonsIn(exercise.runs, '/asg/web-0').map(({ code }) => code)).toEqual([
      'instance-refresh',
      'scaling-activity',
      'group-alarm',
      'account-alarm',
      'safety-lever',
    ]);
  });
});

describe('a master role that may do less', () => {
  // Without the other actions a strike is made, and what comes of it is not told or not recorded.
  test.each([
    'cloudwatch:DescribeAlarms',
    'dynamodb:GetItem',
    'dynamodb:PutItem',
    'dynamodb:Query',
    'dynamodb:UpdateItem',
    'ssm:GetCalendarState',
    'sts:AssumeRole',
    'sts:SetSourceIdentity',
  ])('strikes nothing without %s', async (action) => {
    expect(struck(await exercisedWithout({ master: [action] }))).toEqual([]);
  });
});
