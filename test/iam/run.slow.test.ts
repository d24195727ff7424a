import { beforeAll, describe, expect, test } from 'vitest';
import type { Order } from '#core/model/strike.ts';
import { aTarget } from '../support/a-target.ts';
import { policyOf } from '../support/deployed-world.ts';
import { actionsAllowedBy } from '../support/policy-statements.ts';
import { type Exercise, exerciseEverything, findProblems } from './exercise-everything.ts';
import { aFullDeployment, faultChoices, masterId, optIn, targetId } from './full-deployment.ts';
import type { Fates } from './kind-fleet.ts';

/** What Lambda does under the function's role by itself. */
const byLambda = ['logs:CreateLogStream', 'logs:PutLogEvents', 'sqs:SendMessage'];

describe('all that is ever asked for, under the deployed policies', () => {
  const deployment = aFullDeployment();
  const { calls, masterRole, targetRoles, topic } = deployment;
  let exercise: Exercise;
  beforeAll(async () => {
    exercise = await exerciseEverything(deployment);
  });

  test('goes as it should', () => {
    expect(findProblems(exercise)).toEqual([]);
  });

  test.each(faultChoices.map((fault, index) => [fault, index] as const))(
    'strikes in every place with %o',
    (_fault, index) => {
      const strikes = exercise.runs[index]?.strikes ?? [];
      expect(strikes.length).toBeGreaterThanOrEqual(3);
      expect(new Set(strikes.map(({ outcome }) => outcome))).toEqual(new Set(['succeeded']));
      expect(new Set(strikes.map(({ target }) => target.account))).toEqual(new Set([masterId, targetId]));
    },
  );

  test('sees who recovers and leashes who does not', () => {
    const recoveries = exercise.verifications.flatMap((report) => report.recoveries);
    const groupsThat = (outcome: string) =>
      new Set(
        recoveries
          .filter(({ recovery }) => recovery.outcome === outcome)
          .map(({ group }) => group.split('/').at(-1)),
      );
    const fated = Object.entries(Object.assign({}, ...deployment.fates) as Fates);
    const groupsFated = (fate: string) =>
      new Set(fated.filter((one) => one[1] === fate).map(([name]) => name));
    for (const fate of ['recovered', 'not-recovered']) {
      expect(groupsFated(fate).size).toBeGreaterThan(0);
      expect(groupsThat(fate)).toEqual(groupsFated(fate));
    }
  });

  test('plans, explains, lists groups and decides again', () => {
    expect(exercise.plan?.days).toHaveLength(1);
    expect(exercise.groups?.groups.filter(({ record }) => record?.last !== null)).toHaveLength(
      exercise.groups?.seen ?? 0,
    );
    expect(exercise.explanation?.guards.length).toBeGreaterThan(10);
    expect(exercise.replay).toMatchObject({ groups: exercise.runs[0]?.decisions.length, differences: 0 });
  });

  test('is announced: each run, what came of it, and the plan of the day', () => {
    expect(topic.messages.length).toBeGreaterThanOrEqual(faultChoices.length + 2);
  });

  test('uses every action that a target role grants', () => {
    for (const role of targetRoles) {
      const called = actionsOf(calls, `:assumed-role/chaos-monkey-target/`);
      expect(called).toEqual(grantedBy(role));
    }
  });

  test('uses every action that the master role grants, but for those that Lambda itself uses', () => {
    const called = actionsOf(calls, ':assumed-role/chaos-monkey-master/');
    // IAM asks for those of its parts.
    called.delete('dynamodb:TransactWriteItems');
    called.add('dynamodb:DeleteItem');
    // Part of every AssumeRole call that names its session.
    called.add('sts:SetSourceIdentity');
    expect(new Set([...called, ...byLambda])).toEqual(grantedBy(masterRole));
  });
});

describe('a strike that should not be', () => {
  const { world, sandbox } = aFullDeployment();
  const untagged = sandbox
    .account(targetId)
    .region('eu-west-1')
    .instance({ tags: { 'chaos:opt-in': 'false' } });
  const elsewhere = sandbox.account(targetId).region('ap-south-1').instance({ tags: optIn });

  const orderOn = (region: string, id: string): Order => ({
    fault: { name: 'ec2-terminate', parameters: { via: 'ec2' } },
    app: undefined,
    healthy: 4,
    version: 0,
    target: aTarget({ id, group: `${targetId}/${region}/tag/g` }),
  });
  const strike = async (order: Order, another = order) => {
    const run = { runId: 'r-1', deadline: world.clock.now() + 60_000, surveyBy: world.clock.now() + 60_000 };
    const { value: found } = await world.striker.open([order], run);
    return found[0]?.strike(another, run.deadline);
  };
  const refused = { outcome: 'failed', detail: expect.stringMatching(/not authorized/i), isRefusal: true };

  test('is refused by IAM on an instance that did not opt in', async () => {
    expect(await strike(orderOn('eu-west-1', untagged.id))).toEqual(refused);
  });

  test('is refused by IAM in a region that is not configured', async () => {
    expect(await strike(orderOn('ap-south-1', elsewhere.id))).toEqual(refused);
  });

  test('is refused by IAM on an instance that opted in but was not ordered', async () => {
    const [ordered, other] = sandbox.account(targetId).region('eu-west-1').instances();
    if (ordered === undefined || other === undefined) throw new Error('the fleet is empty');
    const order = orderOn('eu-west-1', ordered.id);
    expect(await strike(order, orderOn('eu-west-1', other.id))).toEqual(refused);
    expect(await strike(order)).toEqual({ outcome: 'succeeded', detail: 'running -> shutting-down' });
  });
});

function actionsOf(calls: ReturnType<typeof aFullDeployment>['calls'], caller: string): Set<string> {
  return new Set(calls.filter((call) => call.caller.includes(caller)).map(({ action }) => action));
}

function grantedBy(role: Parameters<typeof policyOf>[0]): Set<string> {
  return actionsAllowedBy(policyOf(role));
}
