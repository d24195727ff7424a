import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { parseTask } from '#core/config/task.ts';
import { faults } from '#faults/registry.ts';
import { aConfig } from '../support/a-config.ts';
import { masterStack } from '../support/synth.ts';

describe('the schedule of verifications', () => {
  test.each([true, false])('verifies strikes every five minutes, leashed: %o', (leashed) => {
    const config = aConfig({ leashed });
    const [schedule, ...others] = Object.values(
      Template.fromStack(masterStack(config)).findResources('AWS::Scheduler::Schedule', {
        Properties: { ScheduleExpression: 'rate(5 minutes)' },
      }),
    );
    expect(others).toEqual([]);
    const { Name, FlexibleTimeWindow, Target } = schedule?.Properties ?? {};
    expect({ Name, FlexibleTimeWindow }).toEqual({
      Name: 'chaos-monkey-verify',
      FlexibleTimeWindow: { Mode: 'OFF' },
    });
    expect(parseTask(JSON.parse(Target.Input), config, faults)).toEqual({ task: 'verify' });
    // The next one does it as well.
    expect(Target.RetryPolicy).toEqual({ MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 300 });
  });
});
