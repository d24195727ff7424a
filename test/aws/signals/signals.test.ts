import { describe, expect, test } from 'vitest';
import { masterSignals } from '#aws/signals/signals.ts';
import type { ConfigInput } from '#core/config/config.ts';
import type { SandboxCall } from '#sandbox/call.ts';
import { aSandbox, master } from '../../sandbox/a-sandbox.ts';
import { aConfig } from '../../support/a-config.ts';

const region = 'eu-north-1';

/** The signals of a master account in a region of its own, and the calls that they make. */
function aMaster(gates: ConfigInput['gates']) {
  const calls: SandboxCall[] = [];
  const { clients, clock, sandbox } = aSandbox({ onCall: (call) => calls.push(call) });
  const config = aConfig({ master: { account: master, region }, gates });
  return {
    signals: masterSignals({ config, clients }),
    home: sandbox.account(master).region(region),
    calls,
    clock,
    sandbox,
  };
}

describe('masterSignals', () => {
  test('come from the master account and region, with its own credentials', async () => {
    const { signals, home, calls } = aMaster({
      alarms: { organization: ['errors', 'gone'] },
      changeCalendars: ['launch'],
    });
    home.alarm('errors', 'ALARM');
    home.calendar('launch', 'CLOSED');
    expect(await signals.alarms()).toEqual([
      { name: 'errors', state: 'ALARM' },
      { name: 'gone', state: 'MISSING' },
    ]);
    expect(await signals.closedCalendars()).toEqual(['launch']);
    expect(calls).toMatchObject(
      ['cloudwatch:DescribeAlarms', 'ssm:GetCalendarState'].map((action) => ({
        action,
        account: master,
        region,
        caller: `arn:aws:sts::${master}:assumed-role/chaos-monkey/chaos-monkey`,
      })),
    );
  });

  test('are queried only if configured, and do not include an account’s alarms', async () => {
    const { signals, calls } = aMaster({ alarms: { account: ['errors'] } });
    expect(await signals.alarms()).toEqual([]);
    expect(await signals.closedCalendars()).toEqual([]);
    expect(calls).toEqual([]);
  });

  test('name the closed calendars as they are configured', async () => {
    const elsewhere = `arn:aws:ssm:${region}:333333333333:document/quarter-end`;
    const { signals, home, calls, sandbox } = aMaster({
      changeCalendars: ['launch', 'sales', elsewhere, 'audit'],
    });
    home.calendar('launch', 'CLOSED');
    home.calendar('sales', 'OPEN');
    home.calendar('audit', 'CLOSED');
    sandbox.account('333333333333').region(region).calendar('quarter-end', 'CLOSED');
    expect(await signals.closedCalendars()).toEqual(['launch', elsewhere, 'audit']);
    expect(calls.map(({ input }) => input)).toEqual(
      ['launch', 'sales', elsewhere, 'audit'].map((name) => ({ CalendarNames: [name] })),
    );
  });

  test('throw the errors of AWS, even for one of several calendars', async () => {
    const { signals, home, sandbox } = aMaster({
      alarms: { organization: ['errors'] },
      changeCalendars: ['launch', 'mistyped'],
    });
    home.calendar('launch', 'OPEN');
    sandbox.disruptions.deny({ action: 'cloudwatch:DescribeAlarms' });
    await expect(signals.alarms()).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await expect(signals.closedCalendars()).rejects.toMatchObject({ name: 'InvalidDocument' });
  });

  test('are given up after some seconds', async () => {
    const { signals, clock, sandbox } = aMaster({
      alarms: { organization: ['errors'] },
      changeCalendars: ['launch'],
    });
    sandbox.disruptions.throttle({});
    const begun = clock.now();
    for (const ask of [signals.alarms, signals.closedCalendars]) {
      await expect(ask()).rejects.toMatchObject({ name: 'ThrottlingException' });
    }
    expect(clock.now() - begun).toBeLessThanOrEqual(8_000);
  });
});
