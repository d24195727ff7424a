import { CloudWatchClient, PutMetricAlarmCommand, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import { describe, expect, test } from 'vitest';
import { places, somewhere, targetIds } from './accounts-and-regions.ts';
import { liveRun } from './events.ts';
import type { MotoDeployment } from './moto-deployment.ts';
import { alwaysStruck } from './moto-fleet.ts';
import { dismiss, onboard } from './stacks.ts';

export function spareFacts(deployment: () => MotoDeployment): void {
  describe('trouble', () => {
    test('an account without the role is one failure, and the others are struck as ever', async () => {
      const { fleet } = deployment();
      const [away] = targetIds;
      await Promise.all(places.map((place) => fleet.group(place, 'web', 2, alwaysStruck)));
      await dismiss(deployment().account(away));
      try {
        const losses = await fleet.lossesDuring(async () => {
          const { failures, counts } = await liveRun(deployment());
          expect(failures).toMatchObject([{ stage: 'assume-role', code: 'AccessDenied', account: away }]);
          expect(counts).toMatchObject({ regionsSurveyed: 4, succeeded: 4 });
        });
        expect(losses).toEqual(
          Object.fromEntries(
            places
              .filter(({ account }) => account !== away)
              .map(({ account, region }) => [`${account}/${region}/asg/web`, 1]),
          ),
        );
      } finally {
        await onboard(deployment().account(away));
      }
    });

    test('a group whose own alarm is not there or not OK is left alone', async () => {
      const { fleet, account } = deployment();
      await fleet.group(somewhere, 'web', 3, { ...alwaysStruck, 'chaos:alarm': 'errors' });
      const cloudWatch = account(somewhere.account).client(CloudWatchClient, somewhere.region);
      const spares = { succeeded: 0, spared: { 'group-alarm': 1 } };
      expect(await fleet.lossesDuring(() => liveRun(deployment()))).toEqual({});

      await cloudWatch.send(
        new PutMetricAlarmCommand({
          AlarmName: 'errors',
          Namespace: 'Shop',
          MetricName: 'Errors',
          Statistic: 'Sum',
          Period: 60,
          EvaluationPeriods: 1,
          Threshold: 1,
          ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        }),
      );
      for (const [StateValue, counts] of [
        ['ALARM', spares],
        ['INSUFFICIENT_DATA', spares],
        ['OK', { succeeded: 1, spared: {} }],
      ] as const) {
        await cloudWatch.send(
          new SetAlarmStateCommand({ AlarmName: 'errors', StateValue, StateReason: 'as the test has it' }),
        );
        expect([StateValue, (await liveRun(deployment())).counts]).toMatchObject([StateValue, counts]);
      }
    });
  });
}
