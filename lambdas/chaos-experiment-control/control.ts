import { parse, parsedIf } from '#core/util/parse.ts';
import type { ApiAnswer } from '../shared/api-answer.ts';
import { ApiEvent } from '../shared/api-event.ts';
import { answerApi, type ControlParts } from './experiment-api.ts';
import { type Started, startExperiment } from './start-experiment.ts';
import { StartRequest } from './start-request.ts';

/**
 * The function `chaos_experiment_control`: starts experiments, by an invocation, in a slot of their schedule or over the API, which also
 * lists and stops them. Throws `InvalidInput` and `NotLearned` for an invocation, and answers them over the API; nothing has been done
 * then.
 */
export function experimentControl(parts: ControlParts) {
  return async (event: unknown): Promise<Started | ApiAnswer> => {
    const api = parsedIf(ApiEvent, event);
    if (api !== undefined) return answerApi(api, parts);
    return startExperiment(parse(StartRequest, event ?? {}, 'request'), parts);
  };
}
