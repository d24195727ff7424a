import {
  AutoScalingClient,
  CreateAutoScalingGroupCommand,
  SetInstanceProtectionCommand,
  SuspendProcessesCommand,
} from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient, PutMetricAlarmCommand, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  CreateLaunchTemplateCommand,
  EC2Client,
  ModifyInstanceAttributeCommand,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { startMoto } from '../support/moto.ts';
import { plainClients } from '../support/plain-clients.ts';
import { type AccountUnderTest, type AwsUnderTest, assume, home, roleName } from './aws-under-test.ts';

const image = 'ami-12345678';

export async function awsOnMoto(): Promise<AwsUnderTest> {
  const moto = await startMoto();
  const clients = plainClients(moto.endpoint);
  let accounts = 0;

  return {
    clients,
    // There, whatever is begun is over.
    settle: async () => {},
    stop: () => moto.stop(),
    account: async (): Promise<AccountUnderTest> => {
      accounts += 1;
      const id = String(200_000_000_000 + accounts);
      const [roleArn, externalId] = [`arn:aws:iam::${id}:role/${roleName}`, 'agreed'];
      const credentials = await assume(clients, { roleArn, externalId });
      const scope = (region = home) => ({ region, credentials });
      return {
        id,
        roleArn,
        externalId,
        scope,
        instances: async (count, tags, region) => {
          const { Instances = [] } = await clients(EC2Client, scope(region)).send(
            new RunInstancesCommand({
              ImageId: image,
              MinCount: count,
              MaxCount: count,
              ...(Object.keys(tags).length > 0 && {
                TagSpecifications: [{ ResourceType: 'instance', Tags: pairs(tags) }],
              }),
            }),
          );
          return Instances.map(({ InstanceId = '' }) => InstanceId);
        },
        spotInstance: async () => {
          const { Instances = [] } = await clients(EC2Client, scope()).send(
            new RunInstancesCommand({
              ImageId: image,
              MinCount: 1,
              MaxCount: 1,
              InstanceMarketOptions: { MarketType: 'spot' },
            }),
          );
          return Instances[0]?.InstanceId ?? '';
        },
        group: async ({ name, desired, min, max, tags, propagateTags }) => {
          await clients(EC2Client, scope()).send(
            new CreateLaunchTemplateCommand({
              LaunchTemplateName: name,
              LaunchTemplateData: { ImageId: image, InstanceType: 't4g.small' },
            }),
          );
          await clients(AutoScalingClient, scope()).send(
            new CreateAutoScalingGroupCommand({
              AutoScalingGroupName: name,
              LaunchTemplate: { LaunchTemplateName: name },
              DesiredCapacity: desired,
              MinSize: min,
              MaxSize: max,
              AvailabilityZones: ['a', 'b', 'c'].map((letter) => `${home}${letter}`),
              Tags: pairs(tags).map((tag) => ({
                ...tag,
                ResourceId: name,
                ResourceType: 'auto-scaling-group',
                PropagateAtLaunch: propagateTags,
              })),
            }),
          );
        },
        protect: async (InstanceId) => {
          await clients(EC2Client, scope()).send(
            new ModifyInstanceAttributeCommand({ InstanceId, DisableApiTermination: { Value: true } }),
          );
        },
        protectFromStop: async (InstanceId) => {
          await clients(EC2Client, scope()).send(
            new ModifyInstanceAttributeCommand({ InstanceId, DisableApiStop: { Value: true } }),
          );
        },
        suspend: async (AutoScalingGroupName, process) => {
          await clients(AutoScalingClient, scope()).send(
            new SuspendProcessesCommand({ AutoScalingGroupName, ScalingProcesses: [process] }),
          );
        },
        protectFromScaleIn: async (AutoScalingGroupName, id) => {
          await clients(AutoScalingClient, scope()).send(
            new SetInstanceProtectionCommand({
              AutoScalingGroupName,
              InstanceIds: [id],
              ProtectedFromScaleIn: true,
            }),
          );
        },
        table: async (name) => {
          await clients(DynamoDBClient, scope()).send(
            new CreateTableCommand({
              TableName: name,
              BillingMode: 'PAY_PER_REQUEST',
              KeySchema: [
                { AttributeName: 'pk', KeyType: 'HASH' },
                { AttributeName: 'sk', KeyType: 'RANGE' },
              ],
              AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({
                AttributeName,
                AttributeType: 'S',
              })),
            }),
          );
        },
        topic: async (name) => {
          const { TopicArn = '' } = await clients(SNSClient, scope()).send(
            new CreateTopicCommand({ Name: name }),
          );
          return TopicArn;
        },
        secureString: async (Name, Value) => {
          await clients(SSMClient, scope()).send(
            new PutParameterCommand({ Name, Value, Type: 'SecureString' }),
          );
        },
        alarm: async (AlarmName, StateValue, type = 'MetricAlarm') => {
          if (type !== 'MetricAlarm') throw new Error(`moto has no alarms of type ${type}`);
          const cloudWatch = clients(CloudWatchClient, scope());
          await cloudWatch.send(
            new PutMetricAlarmCommand({
              AlarmName,
              Namespace: 'AWS/EC2',
              MetricName: 'CPUUtilization',
              Statistic: 'Average',
              Period: 60,
              EvaluationPeriods: 1,
              Threshold: 1,
              ComparisonOperator: 'GreaterThanThreshold',
            }),
          );
          await cloudWatch.send(new SetAlarmStateCommand({ AlarmName, StateValue, StateReason: 'a test' }));
        },
      };
    },
  };
}

function pairs(tags: Record<string, string>) {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
