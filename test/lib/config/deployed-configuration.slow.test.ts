import { describe, expect, test } from 'vitest';
import { version } from '#core/util/version.ts';
import { describeConfiguration, readConfiguration } from '#lib/config/deployed-configuration.ts';
import { aConfig } from '../../support/a-config.ts';
import { masterStack, templateOf } from '../../support/synth.ts';

const config = aConfig({
  accounts: ['111111111111', { id: '222222222222', regions: ['eu-west-1'] }],
  regions: ['eu-west-1', 'us-east-1'],
  leashed: true,
});

describe('the configuration that the stack describes', () => {
  test('is read as it was deployed', () => {
    const stack = JSON.parse(JSON.stringify(templateOf(masterStack(config))));
    expect(readConfiguration(stack.Outputs.Configuration.Value)).toEqual({
      version,
      leashed: true,
      schedule: config.schedule,
      accounts: 2,
      accountRegions: 3,
    });
  });

  test('is a string that an output holds, however many accounts there are', () => {
    const accounts = Array.from({ length: 1_000 }, (_, index) => String(200_000_000_000 + index));
    const schedule = {
      timeZone: 'America/Argentina/ComodRivadavia',
      days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const,
    };
    const text = describeConfiguration(
      aConfig({ accounts, schedule: { ...schedule, days: [...schedule.days] } }),
    );
    expect(text.length).toBeLessThan(512);
  });

  test.each([[undefined], [''], ['no JSON'], ['{"version":"9.0.0"}'], ['[]']])(
    'is not known where the output is %j',
    (value) => {
      expect(readConfiguration(value)).toBeUndefined();
    },
  );

  test('is read from a newer stack that says more', () => {
    const newer = { ...JSON.parse(describeConfiguration(config)), rates: {} };
    expect(readConfiguration(JSON.stringify(newer))).toMatchObject({ leashed: true });
  });
});
