import { expect, test } from 'vitest';
import { available } from '#core/util/lookup.ts';
import { mappingInTransition } from '#targets/event-source-mappings/guards/mapping-in-transition.ts';
import { eventSourceMappings } from '#targets/event-source-mappings/kind.ts';
import { httpApiIdle } from '#targets/http-apis/guards/http-api-idle.ts';
import { httpApis } from '#targets/http-apis/kind.ts';
import { roleIdle } from '#targets/roles/guards/role-idle.ts';
import { roles } from '#targets/roles/kind.ts';
import { aGuardContext } from '../support/a-guard-context.ts';

const place = { account: '222222222222', region: 'eu-west-1', number: 1 };
const context = aGuardContext();

test.each([
  ['Enabled', true],
  ['Disabled', true],
  ['Enabling', false],
  ['Updating', false],
])('mapping-in-transition: %s', (state, passes) => {
  const { group, inspection } = eventSourceMappings.fit(place, {});
  const seen = { group, inspection: { ...inspection, state: available(state) } };
  expect(mappingInTransition.check(seen, context)).toMatchObject({ passes, saw: `it is ${state}` });
});

test.each([
  [0, false],
  [1, true],
])('http-api-idle: %i requests', (requests, passes) => {
  const { group, inspection } = httpApis.fit(place, {});
  const seen = { group, inspection: { ...inspection, requests: available(requests) } };
  expect(httpApiIdle.check(seen, context).passes).toBe(passes);
});

test.each([
  [undefined, false],
  [23.9, true],
  [24, false],
])('role-idle: not used for %s hours', (hours, passes) => {
  const { group, inspection } = roles.fit(place, {});
  const unusedMs = hours === undefined ? undefined : hours * 60 * 60_000;
  expect(roleIdle.check({ group, inspection: { ...inspection, unusedMs } }, context).passes).toBe(passes);
});
