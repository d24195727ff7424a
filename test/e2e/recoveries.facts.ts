import { describe, expect, test } from 'vitest';
import { somewhere } from './accounts-and-regions.ts';
import { liveRun, reportOf, verifyEvent } from './events.ts';
import type { MotoDeployment } from './moto-deployment.ts';
import { alwaysStruck } from './moto-fleet.ts';

const web = `${somewhere.account}/${somewhere.region}/asg/web`;
const workers = `${somewhere.account}/${somewhere.region}/tag/workers`;

export function recoveryFacts(deployment: () => MotoDeployment): void {
  const verified = async () => reportOf(deployment().monkey(), await verifyEvent(deployment()));

  describe('recoveries', () => {
    test('the light schedule sees that a struck group is back, and closes the strike', async () => {
      const { fleet, ledger } = deployment();
      await fleet.group(somewhere, 'web', 3, alwaysStruck);
      const { runId, slot } = await liveRun(deployment());
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
      const { fleet, ledger } = deployment();
      await fleet.standalone(somewhere, 3, { ...alwaysStruck, 'chaos:group': 'workers' });
      const { slot } = await liveRun(deployment());
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
        expect((await liveRun(deployment())).counts).toMatchObject({
          succeeded: 0,
          spared: { 'leashed-group': 1 },
        });
      });
      expect(losses).toEqual({});
    });
  });
}
