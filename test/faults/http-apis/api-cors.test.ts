import { expect, test } from 'vitest';
import type { LastingFault } from '#core/model/fault.ts';
import { faults } from '#faults/registry.ts';
import { aStrikeWorld, minuteMs, optIn } from '../lasting/a-strike-world.ts';

const fault = faults.get('api-cors') as LastingFault;

test.each([
  { AllowMethods: ['GET'] },
  { AllowHeaders: ['x-new'] },
  { AllowCredentials: true },
  { MaxAge: 60 },
])('contests %j, set by somebody else beside our origin', async (change) => {
  const world = aStrikeWorld(fault);
  const cors = { AllowOrigins: ['https://shop.example.com'], AllowMethods: ['GET', 'POST'] };
  const api = world.region.apis.add({ name: 'shop', tags: optIn, cors });
  await world.strike(await world.find(api.id), { minutes: 5 });
  expect(api.cors).toMatchObject({ AllowMethods: ['GET', 'POST'] });
  api.setCors({ ...api.cors, ...change }, world.clock.now());
  const changed = api.cors;
  await world.janitors(9);
  expect(await world.openEntries()).toMatchObject([{ state: 'contested' }]);
  await world.pass(12 * minuteMs);
  expect(api.cors).toStrictEqual(changed);
});
