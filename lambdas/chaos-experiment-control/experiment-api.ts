import * as z from 'zod';
import { RunId } from '#core/model/run-context.ts';
import { oneLine } from '#core/util/format.ts';
import { InvalidInput, parse } from '#core/util/parse.ts';
import { type ApiAnswer, apiAnswer, invalidRequest, refusal } from '../shared/api-answer.ts';
import { type ApiEvent, parseBody } from '../shared/api-event.ts';
import { AlreadyRunning } from './admit-start.ts';
import { listedRecord, shownRecord } from './shown-record.ts';
import { NotLearned, type StartParts, startExperiment } from './start-experiment.ts';
import { ApiStartRequest } from './start-request.ts';
import { type StopParts, StopRequest, stopExperiment } from './stop-experiment.ts';

export type ControlParts = StartParts & StopParts;

interface Asked {
  /** Who signed the request. */
  readonly by: string;
  readonly requestId: string;
}

type Route = (event: ApiEvent, asked: Asked, parts: ControlParts) => Promise<ApiAnswer>;

const mostListed = 50;

const routes: Readonly<Record<string, Route>> = {
  'POST /experiments': async (event, { by: startedBy, requestId }, parts) => {
    const request = parse(ApiStartRequest, parseBody(event), 'request');
    const order = { ...request, startedBy, trigger: 'api' as const };
    return apiAnswer(202, await startExperiment(order, requestId, parts));
  },

  'GET /experiments': async (_event, _asked, { ledger }) => {
    const { found, unreadable } = await ledger.recentExperiments(mostListed);
    return apiAnswer(200, { experiments: found.map(listedRecord), unreadable: unreadable.length });
  },

  'GET /experiments/{id}': async (event, _asked, { ledger }) => {
    const id = idIn(event);
    const record = await ledger.experiment(id);
    return record === undefined ? unknownRun(id) : apiAnswer(200, shownRecord(record));
  },

  'DELETE /experiments/{id}': async (event, { by }, parts) => {
    const id = idIn(event);
    const given = { ...event.queryStringParameters, ...parse(Keys, parseBody(event), 'request') };
    const { reason } = parse(StopRequest, given, 'request');
    const stopped = await stopExperiment(id, { by, reason }, parts);
    if (stopped === 'unknown') return unknownRun(id);
    if (stopped === 'over') return failed(409, 'ExperimentOver', `experiment ${id} has ended`);
    return apiAnswer(202, stopped);
  },
};

const Keys = z.looseObject({});

/** Answers a request for one of the routes. What is not the caller's fault is thrown: API Gateway says no more than that. */
export async function answerApi(event: ApiEvent, requestId: string, parts: ControlParts): Promise<ApiAnswer> {
  const route = Object.hasOwn(routes, event.routeKey) ? routes[event.routeKey] : undefined;
  if (route === undefined) return failed(404, 'NotFound', 'there is no such route');
  const caller = event.requestContext.authorizer?.iam?.userArn;
  // Who starts and stops is on record: without IAM in front of it, nobody does.
  if (caller === undefined) return failed(403, 'Forbidden', 'nobody knows who signed this request');
  try {
    return await route(event, { by: oneLine(caller, 200), requestId }, parts);
  } catch (error) {
    if (error instanceof InvalidInput) return invalidRequest(error);
    if (error instanceof NotLearned || error instanceof AlreadyRunning) return refusal(409, error);
    throw error;
  }
}

function idIn({ pathParameters }: ApiEvent): string {
  return parse(z.object({ id: RunId }), pathParameters, 'request').id;
}

function unknownRun(id: string): ApiAnswer {
  return failed(404, 'NotFound', `there is no run ${id}`);
}

function failed(statusCode: number, name: string, message: string): ApiAnswer {
  return refusal(statusCode, { name, message });
}
