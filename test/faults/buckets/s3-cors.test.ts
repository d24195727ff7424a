import { expect, test } from 'vitest';
import { s3Cors } from '#faults/buckets/s3-cors.ts';
import { aStrikeWorld, optIn } from '../lasting/a-strike-world.ts';

test('says that ABAC may have been disabled where its undo is denied, and how to enable it', async () => {
  const world = aStrikeWorld(s3Cors);
  const cors = [{ AllowedOrigins: ['*'], AllowedMethods: ['GET'] }];
  const bucket = world.region.buckets.add({ name: 'orders', abac: true, tags: optIn, cors });
  await world.strike(await world.find('orders'), { minutes: 5 });
  bucket.abac = false;
  await world.janitors(7);
  const [entry] = await world.openEntries();
  expect(entry).toMatchObject({ state: 'undo-failed', problem: expect.stringContaining('put-bucket-abac') });
  expect(entry?.byHand[0]).toContain('put-bucket-abac --bucket orders --abac-status Status=Enabled');
  bucket.abac = true;
  await world.janitors(20);
  expect(bucket.corsAt(Number.POSITIVE_INFINITY)).toStrictEqual(cors);
});
