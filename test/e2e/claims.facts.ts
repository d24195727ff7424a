import { describe, expect, test } from 'vitest';
import { places } from './accounts-and-regions.ts';
import { reportOf, scheduledEvent } from './events.ts';
import type { MotoDeployment } from './moto-deployment.ts';
import { alwaysStruck } from './moto-fleet.ts';

const groups = places.map(({ account, region }) => `${account}/${region}/asg/web`).sort();

export function claimFacts(deployment: () => MotoDeployment): void {
  /** The claims of a slot as they lie in the table: group and state. */
  const claimsOf = async (slot: string) => {
    const { ledger } = deployment();
    return Promise.all(groups.map(async (group) => [group, (await ledger.strike(group, slot))?.state?.S]));
  };
  const everywhere = () =>
    Promise.all(places.map((place) => deployment().fleet.group(place, 'web', 3, alwaysStruck)));

  describe('claims', () => {
    test('the same slot delivered twice strikes once', async () => {
      await everywhere();
      const slot = deployment().slot();
      const event = await scheduledEvent(deployment(), slot);
      expect(await deployment().fleet.lossesDuring(() => deployment().monkey().invoke(event))).toEqual(
        Object.fromEntries(groups.map((group) => [group, 1])),
      );
      const losses = await deployment().fleet.lossesDuring(async () => {
        const { counts } = await reportOf(deployment().monkey(), event);
        expect(counts).toMatchObject({ succeeded: 0, spared: { 'already-claimed': groups.length } });
      });
      expect(losses).toEqual({});
      expect(await claimsOf(slot)).toEqual(groups.map((group) => [group, 'succeeded']));
    });

    test('two deliveries of one slot at the same moment strike each group once', async () => {
      await everywhere();
      const slot = deployment().slot();
      const event = await scheduledEvent(deployment(), slot);
      await using one = await deployment().start('chaos_monkey');
      await using other = await deployment().start('chaos_monkey');
      // Both have decided to strike when the first claim is let through.
      deployment().proxy.holdForTwo('dynamodb:TransactWriteItems');
      const losses = await deployment().fleet.lossesDuring(async () => {
        const reports = await Promise.all([reportOf(one, event), reportOf(other, event)]);
        expect(reports.flatMap(({ strikes }) => strikes.map(({ group }) => group)).sort()).toEqual(groups);
        const lost = reports.map(({ counts }) => counts.spared['already-claimed'] ?? 0);
        expect(lost.reduce((sum, count) => sum + count)).toBe(groups.length);
      });
      expect(losses).toEqual(Object.fromEntries(groups.map((group) => [group, 1])));
      expect(await claimsOf(slot)).toEqual(groups.map((group) => [group, 'succeeded']));
    });
  });
}
