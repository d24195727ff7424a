import { chaosMonkey, type Invocation } from '#lambdas/chaos-monkey/monkey.ts';
import type { ApiAnswer } from '#lambdas/shared/api-answer.ts';
import { aGroup } from '../../support/a-group.ts';
import { aWorld } from '../../support/a-world.ts';

export const invocation: Invocation = { awsRequestId: 'c7d1', getRemainingTimeInMillis: () => 300_000 };
export const fleet = (size = 1) =>
  Array.from({ length: size }, (_, index) => aGroup({ name: `web-${index}` }));

export function apiEvent(body: string | undefined, isBase64Encoded = false) {
  return {
    version: '2.0',
    routeKey: 'POST /runs',
    rawPath: '/runs',
    requestContext: { http: { method: 'POST', path: '/runs' }, accountId: '111111111111' },
    ...(body !== undefined && { body }),
    isBase64Encoded,
  };
}

export async function viaApi(event: unknown, world = aWorld({ groups: fleet() })) {
  const answer = (await chaosMonkey(world, () => '00000001')(event, invocation)) as ApiAnswer;
  return { ...answer, body: JSON.parse(answer.body), world };
}
