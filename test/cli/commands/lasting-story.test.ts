import { describe, expect, test } from 'vitest';
import { lastingStory } from '#cli/commands/lasting-story.ts';
import { parseJsonOrText } from '#core/util/parse-json-or-text.ts';
import { cliConfig } from '../../support/a-deployment.ts';

const startsAt = Date.parse('2026-11-23T09:00:00Z');
const at = (time: string) => Date.parse(`2026-11-23T${time}Z`);

describe('lastingStory', () => {
  test('a function is slowed down, and is as fast as before once expiresAt has passed, though nobody has undone it', async () => {
    const { report, before, after, left, mail } = await lastingStory(cliConfig, {
      startsAt,
      secret: '5eed'.repeat(16),
    });
    expect(report.strikes).toMatchObject([
      { fault: { name: 'lambda-latency' }, outcome: 'succeeded', target: { id: 'orders' } },
    ]);
    const { expiresAt, latency } = parseJsonOrText(left) as {
      readonly expiresAt: string;
      readonly latency: object;
    };
    expect(latency).toMatchObject({ enabled: true, min_latency: 1_000 });
    expect(at('09:05:00') - Date.parse(expiresAt)).toBeLessThan(1_000);

    const slow = after.filter(({ ms }) => ms > before.ms);
    expect(before.ms).toBe(20);
    expect(new Set(slow.map(({ ms }) => ms))).toEqual(new Set([1_020]));
    // The layer notices within a minute, and what has ended has ended.
    expect(slow.at(0)?.at).toBe(at('09:01:30'));
    expect(slow.at(-1)?.at).toBeLessThan(Date.parse(expiresAt));
    const fast = after.filter((one) => one.at >= Date.parse(expiresAt));
    expect(fast.map(({ ms }) => ms)).toEqual([20, 20, 20]);

    expect(mail?.subject).toContain('struck 1 target');
    expect(mail?.body).toContain('orders: lambda-latency');
  });
});
