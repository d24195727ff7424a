import { afterEach, describe, expect, test, vi } from 'vitest';
import type { ConfigInput } from '#core/config/config.ts';
import type { RunRequestInput } from '#core/config/run-request.ts';
import { allGates } from '#core/gates/index.ts';
import type { RunReport } from '#core/reports/run-report.ts';
import { run } from '#core/run/run.ts';
import { aConfig } from '../../support/a-config.ts';
import { aGroup } from '../../support/a-group.ts';
import { aRun } from '../../support/a-run.ts';
import { aWorld, type FakeWorld } from '../../support/a-world.ts';
import { guards } from '../../support/every-guard.ts';

/** Every gate applies. */
const gated: Partial<ConfigInput> = {
  gates: { alarms: { organization: ['errors'] }, changeCalendars: ['releases'] },
  calendar: { freezes: [{ from: '2026-12-18', to: '2026-12-31', reason: 'peak season' }] },
};
const ok = { name: 'errors', state: 'OK' as const };

function aGatedWorld(signals: Partial<FakeWorld['signals']> = {}): FakeWorld {
  const world = aWorld({ config: aConfig(gated), groups: [aGroup(), aGroup({ name: 'api', kind: 'tag' })] });
  return { ...world, signals: { alarms: async () => [ok], closedCalendars: async () => [], ...signals } };
}

const touched = ({ events }: FakeWorld) =>
  events.filter((event) => /^(open|claim|begin|strike|settle)/.test(event));
const boom = () => {
  throw new Error('boom');
};

/** A live run, forced or not: force must not get past what cannot be checked. */
async function runIn(world: FakeWorld, request: RunRequestInput = {}): Promise<RunReport> {
  const report = await run(aRun(world, request), world);
  expect(report.mode).toBe('live');
  return report;
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a live run', () => {
  test('strikes where every guard and gate can be checked and passes', async () => {
    const world = aGatedWorld();
    const report = await runIn(world);
    expect(report.gates.map(({ gate, open }) => [gate, open])).toEqual(
      allGates.map(({ name }) => [name, true]),
    );
    expect(report.counts.succeeded).toBe(2);
    expect(touched(world).filter((event) => event.startsWith('strike'))).toHaveLength(2);
  });

  describe.each(guards)('where the guard $code throws', (guard) => {
    test.each([false, true])('touches nothing and says so (force: %s)', async (force) => {
      vi.spyOn(guard, 'check').mockImplementation(boom);
      const world = aGatedWorld();
      const report = await runIn(world, { force });
      expect(touched(world)).toEqual([]);
      expect(report.strikes).toEqual([]);
      expect(report.decisions).toHaveLength(2);
      for (const { verdict, reason } of report.decisions) {
        expect(verdict).toBe('spare');
        expect(reason.code).toBe(guard.code);
        expect(reason.text).toContain('could not be checked: boom');
      }
    });
  });

  describe.each(guards)('where the guard $code refuses', (guard) => {
    test('touches nothing and says what it saw', async () => {
      vi.spyOn(guard, 'check').mockReturnValue({ passes: false, saw: 'not today' });
      const world = aGatedWorld();
      const report = await runIn(world, { force: true });
      expect(touched(world)).toEqual([]);
      for (const { reason } of report.decisions) {
        expect(reason).toEqual({ code: guard.code, text: expect.stringContaining('not today') });
      }
    });
  });

  describe.each(allGates)('where the gate $name throws', (gate) => {
    test('surveys nothing and says so', async () => {
      vi.spyOn(gate, 'check').mockImplementation(boom);
      const world = aGatedWorld();
      const report = await runIn(world, { force: true });
      expect(world.events).toEqual(['record-run', 'announce']);
      expect(report.outcome).toBe('closed');
      expect(report.gates).toContainEqual({
        gate: gate.name,
        open: false,
        text: 'could not be checked: boom',
      });
    });
  });

  test('surveys nothing where whether a gate applies cannot be told', async () => {
    const gate = allGates.find(({ applies }) => applies !== undefined) ?? boom();
    vi.spyOn(gate, 'applies').mockImplementation(boom);
    const world = aGatedWorld();
    expect((await runIn(world)).outcome).toBe('closed');
    expect(touched(world)).toEqual([]);
  });

  test.each<[string, Partial<FakeWorld['signals']>, string]>([
    ['alarms', { alarms: async () => boom() }, 'alarms'],
    ['change calendars', { closedCalendars: async () => boom() }, 'change-calendar'],
  ])('surveys nothing where the %s do not answer', async (_, signals, gate) => {
    const world = aGatedWorld(signals);
    const report = await runIn(world);
    expect(touched(world)).toEqual([]);
    expect(report.gates).toContainEqual({ gate, open: false, text: 'could not be checked: boom' });
  });
});
