import { describe, expect, test } from 'vitest';
import { liveRun } from './events.ts';
import { doomed } from './fleet.ts';
import { places, targetIds } from './places.ts';
import { dismiss, enrol } from './stacks.ts';
import type { Stage } from './stage.ts';

export function troubleFacts(stage: () => Stage): void {
  describe('trouble', () => {
    test('an account without the role is one failure, and the others are struck as ever', async () => {
      const { fleet } = stage();
      const [away] = targetIds;
      await Promise.all(places.map((place) => fleet.group(place, 'web', 2, doomed)));
      await dismiss(stage().account(away));
      try {
        const losses = await fleet.lossesDuring(async () => {
          const { failures, counts } = await liveRun(stage());
          expect(failures).toMatchObject([{ stage: 'assume-role', code: 'AccessDenied', account: away }]);
          expect(counts).toMatchObject({ regionsSurveyed: 4, succeeded: 4 });
        });
        expect(losses).toEqual(
          Object.fromEntries(
            places
              .filter(({ account }) => account !== away)
              .map(({ account, region }) => [`${account}/${region}/asg/web`, 1]),
          ),
        );
      } finally {
        await enrol(stage().account(away));
      }
    });
  });
}
