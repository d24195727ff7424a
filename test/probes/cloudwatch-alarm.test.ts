import { describe, expect, test } from 'vitest';
import { parse } from '#core/util/parse.ts';
import { cloudwatchAlarm } from '#probes/cloudwatch-alarm.ts';
import { never, probesOnSandbox } from './probe-on-sandbox.ts';

const arn = 'arn:aws:cloudwatch:eu-west-1:222222222222:alarm:checkout: 5xx';

describe('a cloudwatch-alarm probe', () => {
  test.each([
    ['OK', { is: 'good' }],
    ['ALARM', { is: 'bad', detail: 'in ALARM' }],
    ['INSUFFICIENT_DATA', { is: 'unmeasured', detail: 'INSUFFICIENT_DATA' }],
  ] as const)('an alarm in %s', async (state, found) => {
    const { home, open } = probesOnSandbox();
    home.alarm('checkout: 5xx', state);
    const prober = await open(cloudwatchAlarm, { arn });
    expect(await prober.measure(0, never)).toEqual(found);
  });

  test('an alarm that is not there is unmeasured', async () => {
    const prober = await probesOnSandbox().open(cloudwatchAlarm, { arn });
    expect(await prober.measure(0, never)).toEqual({ is: 'unmeasured', detail: 'no such alarm' });
  });

  test('rejects where IAM denies the question', async () => {
    const { open } = probesOnSandbox({ authorize: ({ action }) => action === 'sts:AssumeRole' });
    const prober = await open(cloudwatchAlarm, { arn });
    await expect(prober.measure(0, never)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test('says which alarm, and takes no ARN of anything else', () => {
    expect(cloudwatchAlarm.what({ arn })).toBe('alarm checkout: 5xx');
    for (const other of [
      'checkout',
      'arn:aws:sns:eu-west-1:222222222222:alarm:x',
      arn.replace(' 5xx', '*'),
    ]) {
      expect(() => parse(cloudwatchAlarm.parameters, { arn: other }, 'x')).toThrow('expected an ARN');
    }
  });
});
