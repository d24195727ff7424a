import { randomUUID } from 'node:crypto';
import { newId } from '#aws/new-ids.ts';
import { subject } from '#core/messages/subject.ts';
import type { Journal } from '#core/ports/journal.ts';
import type { World } from '#core/ports/world.ts';
import type { Answer } from '#core/tasks.ts';
import { oneLine } from '#core/util/format.ts';
import { chaosMonkey } from '#lambdas/chaos-monkey/monkey.ts';
import type { ApiAnswer } from '#lambdas/shared/api-answer.ts';
import { silentJournal } from '#wiring/silent-journal.ts';

/** The outcome of an invocation. */
export type Outcome = { readonly answer: Answer | ApiAnswer } | { readonly error: Error };

export type ServedFunction = (event: unknown) => Promise<Outcome>;

/** The same as deployed. */
const timeoutMs = 5 * 60_000;

/** Invokes the handler of `chaos_monkey` as Lambda does. Passes a line about each run to `print`. */
export function servedFunction(world: World, print: (line: string) => void): ServedFunction {
  const journal: Journal = {
    ...silentJournal,
    ended: (report) => print(`${report.trigger}: ${subject(report)}`),
  };
  return async (event) => {
    const startedAt = world.clock.now();
    const invocation = {
      awsRequestId: randomUUID(),
      getRemainingTimeInMillis: () => startedAt + timeoutMs - world.clock.now(),
    };
    return chaosMonkey({ ...world, journal }, newId)(event, invocation).then(
      (answer) => ({ answer }),
      (error: Error) => {
        print(`failed: ${oneLine(error.message, 400)}`);
        return { error };
      },
    );
  };
}
