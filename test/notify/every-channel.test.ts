import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { channels } from '#notify/registry.ts';
import type { Channel } from '#notify/shared/channel.ts';
import { configuredChannels } from '#notify/shared/configured-channels.ts';
import { UnusableSecret } from '#notify/shared/secrets.ts';
import { aMasterDeployment, stopsOf } from '../support/a-master-deployment.ts';
import { aReport, aStrike } from '../support/a-report.ts';
import { notificationOf } from '../support/notifications.ts';

const wide = notificationOf(
  aReport({
    strikes: Array.from({ length: 20 }, (_, index) =>
      aStrike({
        group: `222222222222/eu-west-1/asg/web-${index}`,
        outcome: 'failed',
        detail: 'x'.repeat(300),
      }),
    ),
  }),
);
const config = { parameter: '/chaos/secret' };

describe.each(Object.entries<Channel>(channels))('the channel %s', (_name, channel) => {
  test('takes no wildcard for a parameter: the notifier may read what is named there', () => {
    const { error } = channel.config.safeParse({ parameter: '/chaos/*' });
    expect(error?.issues.map(({ path }) => path)).toContainEqual(['parameter']);
  });

  test('has ever shorter messages, and in all of them how to stop the monkey', () => {
    const messages = [...channel.messages(wide, config)].map((message) => JSON.stringify(message));
    expect(messages.length).toBeGreaterThan(1);
    expect(messages).toEqual(messages.toSorted((a, b) => b.length - a.length));
    const [stop] = stopsOf(aMasterDeployment());
    for (const message of messages) expect(message).toContain(JSON.stringify(stop).slice(1, -1));
  });

  test('refuses a secret that is none, and does not say what it was', () => {
    const request = () => channel.request({}, 'change me');
    expect(request).toThrow(UnusableSecret);
    try {
      request();
    } catch (error) {
      expect(inspect(error, { depth: 9 })).not.toContain('change me');
    }
  });
});

describe('configuredChannels', () => {
  test('are those that are configured, each with its configuration', () => {
    expect(configuredChannels({})).toEqual([]);
    expect(configuredChannels({ teams: config })).toEqual([
      { name: 'teams', channel: channels.teams, config },
    ]);
  });
});
