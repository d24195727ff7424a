import { randomUUID } from 'node:crypto';
import { newId } from '#aws/new-ids.ts';
import { subject } from '#core/message/subject.ts';
import { oneLine } from '#core/message/words.ts';
import type { Answer } from '#core/perform.ts';
import type { World } from '#core/ports.ts';
import { type ApiAnswer, chaosMonkey } from '#lambdas/chaos-monkey/monkey.ts';

/** The outcome of an invocation. */
export type Outcome = { readonly answer: Answer | ApiAnswer } | { readonly error: Error };

export type ServedFunction = (event: unknown) => Promise<Outcome>;

/** As deployed. */
const timeoutMs = 5 * 60_000;

/** The handler of `chaos_monkey`, invoked as Lambda does it. Each run is reported in a line to `tell`. */
export function servedFunction(world: World, tell: (line: string) => void): ServedFunction {
  const journal: World['journal'] = {
    ...world.journal,
    ended: (report) => tell(`${report.door}: ${subject(report)}`),
  };
  return (event) => {
    const startedAt = world.clock.now();
    const invocation = {
      awsRequestId: randomUUID(),
      getRemainingTimeInMillis: () => startedAt + timeoutMs - world.clock.now(),
    };
    return chaosMonkey({ ...world, journal }, newId)(event, invocation).then(
      (answer) => ({ answer }),
      (error: Error) => {
        tell(`failed: ${oneLine(error.message, 400)}`);
        return { error };
      },
    );
  };
}
