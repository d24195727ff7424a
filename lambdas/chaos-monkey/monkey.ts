import { fitReport } from '#core/fit-report.ts';
import { InvalidInput } from '#core/parse.ts';
import type { World } from '#core/ports.ts';
import type { RunReport } from '#core/report.ts';
import { parseRequest } from '#core/request.ts';
import { run } from '#core/run.ts';
import { startRun } from '#core/start-run.ts';
import { type Arrival, arrival } from './doors.ts';

/** What of Lambda's context is used. */
export interface Invocation {
  readonly awsRequestId: string;
  getRemainingTimeInMillis(): number;
}

/** What API Gateway takes as an answer, payload format 2.0. */
export interface ApiAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Lambda answers at most 6 MB. */
const maxAnswerBytes = 6_000_000;
/** The body of an API answer is JSON inside JSON, and what is escaped takes twice the room. */
const maxApiBodyBytes = maxAnswerBytes / 2;
/** API Gateway's HTTP APIs give up after 30 s: a run that came by it ends in time to answer. */
const apiTimeMs = 28_000;

export type Monkey = (event: unknown, invocation: Invocation) => Promise<RunReport | ApiAnswer>;

/**
 * The function `chaos_monkey`: an event of any door in, the run's report out. A request that is not valid is a 400 at the API
 * and a thrown `InvalidInput` at the other doors; nothing has been done then.
 */
export function chaosMonkey(world: World, newId: () => string): Monkey {
  const runOf = async ({ door, input }: Arrival, invocation: Invocation): Promise<RunReport> => {
    const request = parseRequest(input(), world.config, world.faults);
    const timeLeftMs = invocation.getRemainingTimeInMillis();
    return run(
      startRun(request, door, {
        clock: world.clock,
        newId,
        invocationId: invocation.awsRequestId,
        timeLeftMs: door === 'api' ? Math.min(timeLeftMs, apiTimeMs) : timeLeftMs,
      }),
      world,
    );
  };

  return async (event, invocation) => {
    const arrived = arrival(event);
    if (arrived.door !== 'api') {
      return fitReport(await runOf(arrived, invocation), maxAnswerBytes, whereTheRestIs);
    }
    try {
      return answer(200, fitReport(await runOf(arrived, invocation), maxApiBodyBytes, whereTheRestIs));
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      return answer(400, { error: error.name, message: error.message, mistakes: error.mistakes });
    }
  };
}

const whereTheRestIs = 'the log of chaos_monkey';

function answer(statusCode: number, body: unknown): ApiAnswer {
  return { statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
