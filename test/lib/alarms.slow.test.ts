import { describe, expect, test } from 'vitest';
import { stopActions } from '#core/messages/actions.ts';
import { parseNotification } from '#lambdas/chaos-notifier/notification.ts';
import { aConfig } from '../support/a-config.ts';
import { alarmMessage, snsEvent } from '../support/notifications.ts';
import { resolveTemplate } from '../support/resolved-template.ts';
import { masterStack, templateOf } from '../support/synth.ts';

/** No region that anybody can open an account in has a longer name. */
const master = { account: '111111111111', region: 'ap-southeast-1' };
const config = aConfig({
  master,
  regions: ['ap-southeast-1'],
  notifications: { slack: { parameter: '/chaos/slack-webhook' } },
});
const resources = Object.entries(resolveTemplate(templateOf(masterStack(config)), master));

/** As CloudFormation names a table: by its stack, its logical id, and twelve or thirteen letters. */
const [tableId = ''] = resources.find(([, { Type }]) => Type === 'AWS::DynamoDB::Table') ?? [];
const table = `ChaosMaster-${tableId}-1ABCDEFGHIJKL`;

const alarms = resources
  .filter(([, { Type }]) => Type === 'AWS::CloudWatch::Alarm')
  .map(([, { Properties }]) => ({
    name: String(Properties.AlarmName),
    // The name is not known at synth, so it stands in quotes, which change nothing for a shell.
    description: String(Properties.AlarmDescription)
      .replaceAll(`'${tableId}'`, tableId)
      .replaceAll(tableId, table),
  }));

describe('the alarms', () => {
  test('are these, at $0.10 each beyond the ten that are free', () => {
    expect(alarms.map(({ name }) => name).sort()).toEqual([
      'chaos-fault-not-undone',
      'chaos-group-not-recovered',
      'chaos-janitor-absent',
      'chaos-janitor-failed',
      'chaos-monkey-failed',
      'chaos-notifier-failed',
    ]);
  });

  test.each(alarms)(
    '$name says how to stop the monkey, and fits what CloudWatch takes',
    ({ description }) => {
      for (const { title, commands } of stopActions({ ...master, table })) {
        expect(description).toContain(`\n\n${title}:\n  ${commands.join('\n  ')}`);
      }
      // With the quotes. Source: API reference, PutMetricAlarm.
      expect(description.length + 2).toBeLessThanOrEqual(1_024);
    },
  );

  test.each(alarms)('$name is told in chats with its commands as commands', ({ description }) => {
    const news = parseNotification(snsEvent({ ...alarmMessage, AlarmDescription: description }));
    const { notes, actions } = news.digest({ strikes: 0, failures: 0 });
    expect(notes.map(({ text }) => text)).toEqual([description.split('\n')[0], alarmMessage.NewStateReason]);
    expect(actions.slice(-2)).toEqual(stopActions({ ...master, table }));
  });
});
