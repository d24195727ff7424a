import { getActiveResourcesInfo } from 'node:process';
import { expect, test } from 'vitest';
import { systemClock } from '#aws/clients/clock.ts';

test('a sleep that ends early leaves no timer behind', async () => {
  const timers = () => getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
  const before = timers();
  const over = new AbortController();
  const early = systemClock.sleep(60_000, over.signal);
  expect(timers()).toBe(before + 1);
  over.abort();
  await early;
  expect(timers()).toBe(before);
  await systemClock.sleep(60_000, over.signal);
});
