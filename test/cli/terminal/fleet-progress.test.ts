import { expect, test } from 'vitest';
import { trackFleet } from '#cli/terminal/fleet-progress.ts';
import { aConfig } from '../../support/a-config.ts';
import { aGroup } from '../../support/a-group.ts';
import { aRun } from '../../support/a-run.ts';
import { aWorld } from '../../support/a-world.ts';

test('a tracked fleet behaves the same and describes the progress', async () => {
  const web = aGroup({ name: 'web' });
  const config = aConfig({ accounts: [web.account], regions: ['eu-west-1', 'us-east-1'] });
  const world = aWorld({ config, groups: [web] });
  const { fleet, text } = trackFleet(world.fleet);
  expect(text()).toBe('Surveying 0 account-regions: 0 groups seen');
  const { value: found } = await fleet.survey(config.accounts, aRun(world), ({ key }) => key);
  expect(found.seen).toEqual([web.key]);
  expect(text()).toBe('Surveying 2 account-regions: 1 group seen');
  await fleet.inspect([web], aRun(world));
  expect(text()).toBe('Surveying 2 account-regions: 1 group seen, 1 drawn group inspected');
});
