import { describe, expect, test } from 'vitest';
import { Ids } from '#sandbox/state/ids.ts';

describe('Ids', () => {
  test('look like AWS ids', () => {
    const ids = new Ids();
    expect(ids.instance()).toMatch(/^i-0[0-9a-f]{16}$/);
    expect(ids.uuid()).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(ids.accessKey()).toMatch(/^ASIA[0-9A-F]{16}$/);
    expect(ids.secret()).toMatch(/^[0-9a-f]{40}$/);
  });

  test('are unique', () => {
    const ids = new Ids();
    const made = Array.from({ length: 200_000 }, () => ids.instance());
    expect(new Set(made).size).toBe(made.length);
  });

  test('are the same in every sandbox that is filled in the same order', () => {
    const [one, other] = [new Ids(), new Ids()];
    expect([one.instance(), one.uuid()]).toEqual([other.instance(), other.uuid()]);
  });
});
