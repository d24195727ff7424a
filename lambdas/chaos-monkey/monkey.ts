import { parseTask } from '#core/config/task.ts';
import type { World } from '#core/ports/world.ts';
import { truncateGroupList } from '#core/reports/truncate-group-list.ts';
import { truncateReport } from '#core/reports/truncate-report.ts';
import { startTask } from '#core/run/start-run.ts';
import { type Answer, performTask } from '#core/tasks.ts';
import { InvalidInput } from '#core/util/parse.ts';
import { type ApiAnswer, apiAnswer, invalidRequest, refusal } from '../shared/api-answer.ts';
import { AnswerTooLarge } from './answer-too-large.ts';
import { type Arrival, arrival } from './triggers.ts';

/** The part of Lambda's context that is used. */
export interface Invocation {
  readonly awsRequestId: string;
  getRemainingTimeInMillis(): number;
}

/** Lambda answers at most 6 MB. */
const maxAnswerBytes = 6_000_000;
/** The body of an API answer is JSON inside JSON, and escaping may double its size. */
const maxApiBodyBytes = maxAnswerBytes / 2;
/** API Gateway's HTTP APIs time out after 30 s, so requests from there must end earlier. */
const apiTimeMs = 28_000;

export type Monkey = (event: unknown, invocation: Invocation) => Promise<Answer | ApiAnswer>;

/**
 * The function `chaos_monkey`: an event of any trigger in, the answer out: a run's report, a plan, an explanation, a list of groups, a
 * request that is not valid, or whose answer is too large, is a 400 at the API and a thrown error for the other triggers.
 * Nothing has been done then.
 */
export function chaosMonkey(world: World, newId: () => string): Monkey {
  const answerTo = async (arrived: Arrival, invocation: Invocation, maxBytes: number): Promise<Answer> => {
    const { trigger, input } = arrived;
    const task = parseTask(input(), world.config, world.faults);
    const timeLeftMs = invocation.getRemainingTimeInMillis();
    const started = startTask(task, trigger, {
      clock: world.clock,
      newId,
      invocationId: invocation.awsRequestId,
      timeLeftMs: trigger === 'api' ? Math.min(timeLeftMs, apiTimeMs) : timeLeftMs,
    });
    return fitAnswer(await performTask(task, started, world), maxBytes);
  };

  return async (event, invocation) => {
    const arrived = arrival(event);
    if (arrived.trigger !== 'api') return answerTo(arrived, invocation, maxAnswerBytes);
    try {
      return apiAnswer(200, await answerTo(arrived, invocation, maxApiBodyBytes));
    } catch (error) {
      if (error instanceof InvalidInput) return invalidRequest(error);
      if (error instanceof AnswerTooLarge) return refusal(400, error);
      throw error;
    }
  };
}

/** Truncates reports, as their actions are already done, and lists of groups. Callers can request less of everything else. */
function fitAnswer(answer: Answer, maxBytes: number): Answer {
  if ('decisions' in answer) return truncateReport(answer, maxBytes, 'the log of chaos_monkey');
  if ('seen' in answer) return truncateGroupList(answer, maxBytes);
  const bytes = Buffer.byteLength(JSON.stringify(answer));
  if (bytes > maxBytes) throw new AnswerTooLarge(bytes, maxBytes);
  return answer;
}
