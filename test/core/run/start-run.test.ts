import { describe, expect, test } from 'vitest';
import { startRun, startTask } from '#core/run/start-run.ts';

const now = Date.parse('2026-11-23T09:00:03.120Z');
const parts = {
  clock: { now: () => now, sleep: async () => {} },
  newId: () => '3f9a1c2b',
  invocationId: 'c7d1',
  timeLeftMs: 300_000,
};
const request = { dryRun: true, force: false };

describe('startRun', () => {
  test('names the run after its moment, in characters that STS takes as a session name', () => {
    const { runId } = startRun(request, 'invoke', parts);
    expect(runId).toBe('20261123T090003Z-3f9a1c2b');
    expect(runId).toMatch(/^[\w+=,.@-]{2,64}$/);
  });

  test("a scheduled run's slot is its scheduled moment, however late it is", () => {
    expect(startRun({ ...request, slot: '2026-11-23T09:00:00Z' }, 'schedule', parts).slot).toEqual({
      id: '2026-11-23T09:00:00Z',
      at: Date.parse('2026-11-23T09:00:00Z'),
    });
  });

  test('a run without a slot has one of its own, the same when its invocation is retried', () => {
    const later = { ...parts, newId: () => 'ffffffff', clock: { ...parts.clock, now: () => now + 60_000 } };
    expect(startRun(request, 'invoke', parts).slot.id).toBe('adhoc/c7d1');
    expect(startRun(request, 'invoke', later).slot.id).toBe('adhoc/c7d1');
  });

  test('leaves time to record and announce, and of the rest some to strike', () => {
    const { deadline, surveyBy } = startRun(request, 'invoke', parts);
    expect(deadline).toBe(now + 285_000);
    expect(surveyBy).toBe(now + 199_500);
  });

  test('without enough time nothing is begun', () => {
    expect(startRun(request, 'invoke', { ...parts, timeLeftMs: 3_000 }).deadline).toBe(now);
  });

  test('a task that is no run is outside the schedule, whatever it asks for', () => {
    const { slot, ...run } = startTask({ task: 'verify' }, 'schedule', parts);
    expect(slot).toEqual({ id: 'adhoc/c7d1', at: now });
    expect(run).toMatchObject({ trigger: 'schedule', runId: '20261123T090003Z-3f9a1c2b' });
  });
});
