import { describe, expect, test } from 'vitest';
import { liveRun, reportOf, verifyEvent } from './events.ts';
import { doomed } from './fleet.ts';
import { somewhere } from './places.ts';
import type { Stage } from './stage.ts';

const web = `${somewhere.account}/${somewhere.region}/asg/web`;
const workers = `${somewhere.account}/${somewhere.region}/tag/workers`;

export function recoveryFacts(stage: () => Stage): void {
  const verified = async () => reportOf(stage().monkey(), await verifyEvent(stage()));

  describe('recoveries', () => {
    test('the light schedule sees that a struck group is back, and closes the strike', async () => {
      const { fleet, ledger } = stage();
      await fleet.group(somewhere, 'web', 3, doomed);
      const { runId, slot } = await liveRun(stage());
      expect(await ledger.open()).toEqual([web]);

      const tooEarly = await verified();
      expect(tooEarly).toMatchObject({ task: 'verify', trigger: 'schedule', recoveries: [], failures: [] });
      await ledger.age(web, slot, 2);
      const { recoveries, failures } = await verified();
      expect(failures).toEqual([]);
      expect(recoveries).toMatchObject([
        { group: web, runId, slot, recovery: { outcome: 'recovered', text: '3 of 3 desired are healthy' } },
      ]);
      expect(await ledger.open()).toEqual([]);
      expect((await ledger.strike(web, slot))?.recovery?.M?.outcome).toEqual({ S: 'recovered' });
      expect((await verified()).recoveries).toEqual([]);
    });

    test('a group that does not recover in time is leashed, and spared from then on', async () => {
      const { fleet, ledger } = stage();
      await fleet.standalone(somewhere, 3, { ...doomed, 'chaos:group': 'workers' });
      const { slot } = await liveRun(stage());
      await ledger.age(workers, slot, 2);
      expect((await verified()).recoveries).toEqual([]);
      await ledger.age(workers, slot, 30);
      const { recoveries, counts } = await verified();
      expect(counts).toMatchObject({ notRecovered: 1 });
      expect(recoveries).toMatchObject([
        {
          group: workers,
          recovery: { outcome: 'not-recovered', text: expect.stringMatching(/^2 of 3 before/) },
        },
      ]);

      const losses = await fleet.lossesDuring(async () => {
        expect((await liveRun(stage())).counts).toMatchObject({
          succeeded: 0,
          spared: { 'leashed-group': 1 },
        });
      });
      expect(losses).toEqual({});
    });
  });
}
