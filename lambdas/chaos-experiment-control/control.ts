import * as z from 'zod';
import { parse } from '#core/util/parse.ts';
import type { ApiAnswer } from '../shared/api-answer.ts';
import { ApiEvent } from '../shared/api-event.ts';
import { apiAlias } from './environment.ts';
import { answerApi, type ControlParts } from './experiment-api.ts';
import { type Started, startExperiment } from './start-experiment.ts';
import { StartRequest } from './start-request.ts';

/** The part of Lambda's context that is read. */
const Invocation = z.looseObject({
  /** The same for an event that is tried again. */
  awsRequestId: z.string(),
  /** Ends with the alias or version, if it was invoked by one. */
  invokedFunctionArn: z.string(),
});

/**
 * The function `chaos_experiment_control`: starts experiments, by an invocation, in a slot of their schedule or over the API, which also
 * lists and stops them. Throws `InvalidInput`, `NotLearned` and `AlreadyRunning` for an invocation, and answers them over the API;
 * nothing has been done then.
 */
export function experimentControl(parts: ControlParts) {
  return async (event: unknown, context: unknown): Promise<Started | ApiAnswer> => {
    const { awsRequestId, invokedFunctionArn } = parse(Invocation, context, 'context');
    if (invokedFunctionArn.endsWith(`:${apiAlias}`)) {
      return answerApi(parse(ApiEvent, event, 'event'), awsRequestId, parts);
    }
    return startExperiment(parse(StartRequest, event ?? {}, 'request'), awsRequestId, parts);
  };
}
