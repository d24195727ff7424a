import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { Template } from 'aws-cdk-lib/assertions';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { powertoolsJournal } from '#aws/journal.ts';
import { aConfig } from '../support/a-config.ts';
import { aReport } from '../support/a-report.ts';
import { masterStack } from '../support/synth.ts';

/** The namespace, dimensions and metrics of what `chaos_monkey` writes into its log, as CloudWatch reads it. */
function metricsOf(report: ReturnType<typeof aReport>) {
  let written = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk: string | Uint8Array) => {
    written += chunk;
    return true;
  });
  powertoolsJournal({
    logger: new Logger({ serviceName: 'chaos_monkey', logLevel: 'SILENT' }),
    metrics: new Metrics({ namespace: 'ChaosMonkey', serviceName: 'chaos_monkey' }),
  }).ended(report);
  return JSON.parse(written);
}

describe('the alarm of groups that did not recover', () => {
  afterEach(() => vi.restoreAllMocks());
  const stack = Template.fromStack(masterStack(aConfig()));
  const [alarm] = Object.values(
    stack.findResources('AWS::CloudWatch::Alarm', {
      Properties: { AlarmName: 'chaos-group-not-recovered' },
    }),
  );
  const { Properties = {} } = alarm ?? {};

  test('is raised by one within five minutes, and by none that there is no news of', () => {
    expect(Properties).toMatchObject({
      Statistic: 'Sum',
      Period: 300,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
    });
  });

  test('watches the very metric that chaos_monkey writes', () => {
    const { _aws, ...values } = metricsOf(aReport({}));
    const [{ Namespace, Dimensions, Metrics: metrics }] = _aws.CloudWatchMetrics;
    expect(Namespace).toBe(Properties.Namespace);
    const watched = Properties.Dimensions as readonly { readonly Name: string; readonly Value: string }[];
    expect(Dimensions).toContainEqual(watched.map(({ Name }) => Name));
    for (const { Name, Value } of watched) expect(values[Name]).toBe(Value);
    expect(metrics).toContainEqual(expect.objectContaining({ Name: Properties.MetricName }));
  });

  test('tells the topic, and says what to do at night', () => {
    const [topic] = Object.keys(stack.findResources('AWS::SNS::Topic'));
    expect(Properties.AlarmActions).toEqual([{ Ref: topic }]);
    expect(Properties.AlarmDescription).toMatch(/leashed.*chaos status.*chaos stop.*chaos leash GROUP --off/);
    // What CloudWatch takes.
    expect(Properties.AlarmDescription.length).toBeLessThanOrEqual(1_024);
  });
});
