import { readFileSync } from 'node:fs';
import type { ExperimentRun } from '#core/experiment/engine/experiment-run.ts';
import { inMemoryLedger } from '#core/ledger/in-memory-ledger.ts';
import { experimentControl } from '#lambdas/chaos-experiment-control/control.ts';
import type { ControlParts } from '#lambdas/chaos-experiment-control/experiment-api.ts';
import type { Started } from '#lambdas/chaos-experiment-control/start-experiment.ts';
import type { ApiAnswer } from '#lambdas/shared/api-answer.ts';
import { known } from '../../core/experiment/file/known.ts';
import { instantClock } from '../../support/instant-clock.ts';

export const file = readFileSync(new URL('../../../experiments/latency.yaml', import.meta.url), 'utf8');
export const userArn = 'arn:aws:sts::111111111111:assumed-role/Developer/alice';

/** The function `chaos_experiment_control` over a ledger in memory, and all that it starts and wakes. */
export function aControl(changes: Partial<ControlParts> = {}) {
  const ledger = inMemoryLedger({ newSecret: () => 'ab'.repeat(32) });
  const started: ExperimentRun[] = [];
  const woken: string[] = [];
  let ids = 0;
  const handler = experimentControl({
    ...{ clock: instantClock(), known, timeZone: 'Europe/Berlin', ledger },
    newId: () => {
      ids += 1;
      return `${ids}`.padStart(8, '0');
    },
    start: async (run) => {
      started.push(run);
    },
    wakeJanitor: async (run) => {
      woken.push(run);
    },
    ...changes,
  });
  return {
    ...{ ledger, started, woken, handler },
    /** By an invocation. */
    start: async (event: unknown) => (await handler(event)) as Started,
    /** By the API. */
    ask: async (route: string, more: ApiParts = {}) => {
      const { statusCode, headers, body } = (await handler(apiEvent(route, more))) as ApiAnswer;
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
