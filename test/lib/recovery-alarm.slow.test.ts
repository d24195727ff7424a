import { describe, expect, test } from 'vitest';
import { Environment } from '#lambdas/chaos-monkey/environment.ts';
import { aConfig } from '../support/a-config.ts';
import { resolveTemplate } from '../support/resolved-template.ts';
import { masterStack, templateOf } from '../support/synth.ts';

const resources = Object.values(
  resolveTemplate(templateOf(masterStack(aConfig())), { account: '111111111111', region: 'eu-west-1' }),
);
const propertiesOf = (type: string, key: string, value: string) =>
  resources.find(({ Type, Properties }) => Type === type && Properties[key] === value)?.Properties ?? {};

const alarm = propertiesOf('AWS::CloudWatch::Alarm', 'AlarmName', 'chaos-group-not-recovered');
const monkey = propertiesOf('AWS::Lambda::Function', 'FunctionName', 'chaos_monkey');
const environment = Environment.parse((monkey.Environment as { readonly Variables: unknown }).Variables);

describe('the alarm of groups that did not recover', () => {
  test('is raised by one within five minutes, and by none that there is no news of', () => {
    expect(alarm).toMatchObject({
      Statistic: 'Sum',
      Period: 300,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
    });
  });

  test('watches what SNS measures for nothing, of the very topic that chaos_monkey publishes such groups to', () => {
    expect(alarm).toMatchObject({
      Namespace: 'AWS/SNS',
      MetricName: 'NumberOfMessagesPublished',
      Dimensions: [{ Name: 'TopicName', Value: environment.NOT_RECOVERED_TOPIC_ARN.split(':').at(-1) }],
    });
  });

  test('tells the other topic, and says what to do at night', () => {
    expect(alarm.AlarmActions).toEqual([environment.TOPIC_ARN]);
    expect(environment.NOT_RECOVERED_TOPIC_ARN).not.toBe(environment.TOPIC_ARN);
    expect(alarm.AlarmDescription).toMatch(
      /being leashed[\s\S]*chaos status --region eu-west-1[\s\S]*chaos leash GROUP --off --region eu-west-1/,
    );
  });

  test('needs no custom metric: nothing in the stack does', () => {
    expect(JSON.stringify(resources)).not.toContain('ChaosMonkey"');
    expect(resources.filter(({ Type }) => Type === 'AWS::Logs::MetricFilter')).toEqual([]);
  });
});
