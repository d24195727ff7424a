import { CloudFormationClient, DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { outputs, stackName } from '#lib/outputs.ts';
import { masterRoleName } from '#target-role/names.ts';
import { findMotoFunction } from '../support/moto-function.ts';
import { trustPolicyInMoto } from '../support/moto-role.ts';
import { accountIds, home, masterId } from './accounts-and-regions.ts';
import { externalId, parameters, roleName } from './config.ts';
import type { MotoDeployment } from './moto-deployment.ts';
import { masterOutputs } from './stacks.ts';

export function deploymentFacts(deployment: () => MotoDeployment): void {
  describe('the deployment', () => {
    test('CloudFormation made every kind of resource that moto can make', async () => {
      const { StackResources = [] } = await deployment()
        .account(masterId)
        .client(CloudFormationClient, home)
        .send(new DescribeStackResourcesCommand({ StackName: stackName }));
      const made = new Set(StackResources.map(({ ResourceType }) => ResourceType));
      for (const type of [
        'AWS::DynamoDB::Table',
        'AWS::IAM::Policy',
        'AWS::IAM::Role',
        'AWS::Lambda::Function',
        'AWS::Logs::LogGroup',
        'AWS::SNS::Topic',
        'AWS::SQS::Queue',
      ]) {
        expect(made).toContain(type);
      }
    });

    test('chaos_monkey runs the synthesized code, knows the table and the topics and nothing else', async () => {
      const found = await masterOutputs(deployment().account(masterId));
      const { configuration, files } = await findMotoFunction(deployment().account(masterId), home, {
        stackName,
        functionName: 'chaos_monkey',
      });
      expect(Object.keys(files).sort()).toEqual(['LICENSES.txt', 'chaos.config.json', 'handler.mjs']);
      expect(configuration).toMatchObject({
        Handler: 'handler.handler',
        Runtime: 'nodejs24.x',
        Role: found[outputs.role],
      });
      expect(configuration.Environment?.Variables).toEqual({
        TABLE_NAME: found[outputs.table],
        TOPIC_ARN: found[outputs.topic],
        NOT_RECOVERED_TOPIC_ARN: expect.stringMatching(/^arn:aws:sns:.*NotRecovered/),
      });
      const { Table } = await deployment()
        .account(masterId)
        .client(DynamoDBClient, home)
        .send(new DescribeTableCommand({ TableName: found[outputs.table] }));
      expect(Table?.KeySchema).toEqual([
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ]);
    });

    test('chaos_notifier knows the configuration of its channels and nothing else', async () => {
      const { configuration, files } = await findMotoFunction(deployment().account(masterId), home, {
        stackName,
        functionName: 'chaos_notifier',
      });
      expect(Object.keys(files).sort()).toEqual(['LICENSES.txt', 'handler.mjs']);
      expect(configuration.Environment?.Variables).toEqual({
        CHANNELS: JSON.stringify({
          slack: { parameter: parameters.slack },
          teams: { parameter: parameters.teams },
        }),
      });
    });

    test.each(accountIds)('account %s trusts the one master role that shows the external id', async (id) => {
      expect(await trustPolicyInMoto(deployment().account(id), roleName)).toMatchObject({
        Statement: [
          {
            Action: 'sts:AssumeRole',
            Condition: {
              StringEquals: {
                'aws:PrincipalArn': `arn:aws:iam::${masterId}:role/${masterRoleName}`,
                'sts:ExternalId': externalId,
              },
            },
          },
          { Action: 'sts:SetSourceIdentity' },
        ],
      });
    });

    // Moto's CloudFormation leaves these two out; what they would do with the function is driven from the template.
    test('the schedules and POST /runs are for the function that was made', async () => {
      const resources = Object.values(await deployment().resources());
      const one = (type: string) =>
        resources.filter(({ Type }) => Type === type).map(({ Properties }) => Properties);
      const functionArn = `arn:aws:lambda:${home}:${masterId}:function:chaos_monkey`;
      const janitorArn = `arn:aws:lambda:${home}:${masterId}:function:chaos_janitor`;
      const schedules = one('AWS::Scheduler::Schedule').map(({ Name, Target }) => [Name, Object(Target).Arn]);
      expect(Object.fromEntries(schedules)).toEqual({
        'chaos-monkey': functionArn,
        'chaos-monkey-verify': functionArn,
        'chaos-janitor': janitorArn,
      });
      expect(one('AWS::ApiGatewayV2::Route')).toMatchObject([
        { RouteKey: 'POST /runs', AuthorizationType: 'AWS_IAM' },
      ]);
      expect(one('AWS::ApiGatewayV2::Integration')).toMatchObject([
        { IntegrationUri: functionArn, PayloadFormatVersion: '2.0' },
      ]);
    });
  });
}
