import { readFileSync } from 'node:fs';
import { inMemoryLedger } from '#core/ledger/in-memory-ledger.ts';
import { experimentControl } from '#lambdas/chaos-experiment-control/control.ts';
import type { ControlParts } from '#lambdas/chaos-experiment-control/experiment-api.ts';
import type { Started } from '#lambdas/chaos-experiment-control/start-experiment.ts';
import type { ApiAnswer } from '#lambdas/shared/api-answer.ts';
import type { ExperimentOrder } from '#lambdas/shared/experiment-order.ts';
import { known } from '../../core/experiment/file/known.ts';
import { instantClock } from '../../support/instant-clock.ts';

export const file = readFileSync(new URL('../../../experiments/latency.yaml', import.meta.url), 'utf8');
export const userArn = 'arn:aws:sts::111111111111:assumed-role/Developer/alice';

export const functionArn = 'arn:aws:lambda:eu-west-1:111111111111:function:chaos_experiment_control';

/** The function `chaos_experiment_control` over a ledger in memory, and all that it starts and wakes. */
export function aControl(changes: Partial<ControlParts> = {}) {
  const ledger = inMemoryLedger({ newSecret: () => 'ab'.repeat(32) });
  const started: ExperimentOrder[] = [];
  const woken: string[] = [];
  let requests = 0;
  const handler = experimentControl({
    ...{ clock: instantClock(), known, ledger },
    start: async (order) => {
      started.push(order);
    },
    wakeJanitor: async (run) => {
      woken.push(run);
    },
    ...changes,
  });
  const context = (invokedFunctionArn: string, requestId?: string) => {
    requests += 1;
    return { awsRequestId: requestId ?? `request-${requests}`, invokedFunctionArn };
  };
  return {
    ...{ ledger, started, woken, handler, context },
    /** By an invocation. `requestId`: of an event that is tried again. */
    start: async (event: unknown, requestId?: string) =>
      (await handler(event, context(functionArn, requestId))) as Started,
    /** By the API. */
    ask: async (route: string, more: ApiParts = {}) => {
      const answer = await handler(apiEvent(route, more), context(`${functionArn}:api`));
      const { statusCode, headers, body } = answer as ApiAnswer;
      return { statusCode, headers, body: JSON.parse(body) };
    },
  };
}

interface ApiParts {
  readonly id?: string;
  readonly query?: Readonly<Record<string, string>>;
  /** An object, or the text. */
  readonly body?: unknown;
  /** Left out: signed by `userArn`. */
  readonly authorizer?: object;
}

/** What API Gateway makes of a request, payload format 2.0. */
export function apiEvent(routeKey: string, { id, query, body, authorizer = { iam: { userArn } } }: ApiParts) {
  const [method = '', path = ''] = routeKey.split(' ');
  return {
    ...{ version: '2.0', routeKey, rawPath: path.replace('{id}', id ?? '') },
    ...(id !== undefined && { pathParameters: { id } }),
    ...(query !== undefined && { queryStringParameters: query }),
    requestContext: { accountId: '111111111111', authorizer, http: { method, path } },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    isBase64Encoded: false,
  };
}
