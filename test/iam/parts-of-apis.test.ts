import { describe, expect, test } from 'vitest';
import { rolePolicy, undoRolePolicy } from '#core/permissions/role-policies.ts';
import { apiCors } from '#faults/http-apis/api-cors.ts';
import { httpApis } from '#targets/http-apis/kind.ts';
import { aScheduleScope } from '../support/a-schedule-scope.ts';
import { isAllowed, isDeniedExplicitly } from '../support/iam-evaluator.ts';

const region = 'eu-west-1';
const scope = {
  ...aScheduleScope,
  regions: [region],
  optIn: { key: 'chaos:opt-in', value: 'true' },
  kinds: [httpApis],
  faults: [apiCors],
};
const api = `arn:aws:apigateway:${region}::/apis/a1b2c3`;

describe.each([
  ['target', rolePolicy(scope)],
  ['undo', undoRolePolicy(scope)],
])('the %s role', (_role, policy) => {
  const change = (resource: string, action = 'apigateway:PATCH') => ({
    ...{ role: `arn:aws:iam::${aScheduleScope.account}:role/any`, action, resource, region },
    tags: { 'chaos:opt-in': 'true' },
    identityPolicies: [policy],
  });

  test('changes an API that opted in', async () => {
    expect(await isAllowed(change(api))).toBe(true);
  });

  test.each([
    ...['stages/prod', 'stages/$default', 'routes/r1', 'routes/r1/routeresponses/x', 'integrations/i1'],
    ...['integrations/i1/integrationresponses/x', 'authorizers/a1', 'models/m1', 'deployments/d1'],
  ])('never changes what it consists of, opted in as well: %s', async (part) => {
    expect(await isDeniedExplicitly(change(`${api}/${part}`))).toBe(true);
  });
});

test('its stages are still read, to know whether one deploys automatically', async () => {
  const read = { action: 'apigateway:GET', resource: `${api}/stages`, region, tags: {} };
  const role = `arn:aws:iam::${aScheduleScope.account}:role/any`;
  expect(await isAllowed({ ...read, role, identityPolicies: [rolePolicy(scope)] })).toBe(true);
});
