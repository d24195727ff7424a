import { describe, expect, test } from 'vitest';
import { isWorthAnnouncing } from '#core/messages/announced-report.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import { run } from '#core/run/run.ts';
import { verifyRun } from '#core/run/verify-run.ts';
import { aGroup } from '../../support/a-group.ts';
import { aRun } from '../../support/a-run.ts';
import { aClock, aWorld } from '../../support/a-world.ts';

/** Runs and verifications while the open strikes cannot be listed, and which of them people hear of. */
function trouble() {
  const clock = aClock('2026-11-23T09:00:00Z');
  const world = aWorld({ clock, groups: [aGroup()] });
  const heard: string[] = [];
  const at = async (
    time: string,
    {
      task = 'run',
      trigger = 'schedule',
      ledger = {},
      isLost = false,
    }: {
      readonly task?: 'run' | 'verify';
      readonly trigger?: 'schedule' | 'cli';
      readonly ledger?: Partial<Ledger>;
      readonly isLost?: boolean;
    } = {},
  ) => {
    clock.set(`2026-11-${time}:00Z`);
    const openStrikes = async () => Promise.reject(new Error('throttled'));
    const parts = {
      ...world,
      ledger: { ...world.ledger, openStrikes, ...ledger },
      announcer: {
        ...world.announcer,
        announce: async (...[report, old]: Parameters<typeof world.announcer.announce>) => {
          if (isLost) throw new Error('topic gone');
          if (isWorthAnnouncing(report, old)) heard.push(time);
        },
      },
    };
    const started = { ...aRun(world, {}, time.replaceAll(/[^0-9]/g, '').padStart(8, '0')), trigger };
    return task === 'run' ? run(started, parts) : verifyRun(started, parts);
  };
  return { at, heard };
}

describe('what a run finds as every slot of the day does', () => {
  test('is told once a day, and in each report', async () => {
    const { at, heard } = trouble();
    for (const time of ['23T09:15', '23T09:30', '23T11:45', '24T09:15', '24T09:30']) {
      const { failures } = await at(time);
      expect(failures.map(({ code }) => code)).toEqual(['Error', 'CouldNotBeChecked']);
    }
    expect(heard).toEqual(['23T09:15', '24T09:15']);
  });

  test('and a verification before it is told by one of them', async () => {
    const { at, heard } = trouble();
    await at('23T17:10', { task: 'verify' });
    await at('23T17:15');
    expect(heard).toEqual(['23T17:10']);
  });

  test('is told by the next where it could not be announced', async () => {
    const { at, heard } = trouble();
    await at('23T09:15', { isLost: true });
    await at('23T09:30');
    await at('23T09:45');
    expect(heard).toEqual(['23T09:30']);
  });

  test('is told each time where the ledger does not keep what was told', async () => {
    const { at, heard } = trouble();
    const claimAnnouncement = async () => Promise.reject(new Error('table gone'));
    await at('23T09:15', { ledger: { claimAnnouncement } });
    await at('23T09:30', { ledger: { claimAnnouncement } });
    expect(heard).toEqual(['23T09:15', '23T09:30']);
  });

  test('has not been told by a run on the command line, of which nobody else hears', async () => {
    const { at, heard } = trouble();
    await at('23T09:15', { trigger: 'cli' });
    await at('23T09:30');
    expect(heard).toContain('23T09:30');
  });

  test('does not keep people from hearing of what every slot is to tell', async () => {
    const { at, heard } = trouble();
    await at('23T09:15');
    const control = async () => Promise.reject(new Error('table gone'));
    await at('23T09:30', { ledger: { control } });
    await at('23T09:45', { ledger: { control } });
    expect(heard).toEqual(['23T09:15', '23T09:30', '23T09:45']);
  });
});
