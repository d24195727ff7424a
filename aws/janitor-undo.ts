import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { UndoNow } from '#core/experiment/method/undo-now.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import { orderJanitor } from './order-janitor.ts';

/** A round of some strikes takes seconds. Whoever asked tries again. */
const patienceMs = 30_000;
const lookEveryMs = 500;

/**
 * Lets the janitor undo, for those who may strike and not undo. What it does is in the ledger: nobody has to hold a connection open for
 * an answer, which is lost sooner.
 */
export function undoByJanitor(parts: {
  readonly client: LambdaClient;
  readonly functionName: string;
  readonly ledger: Pick<Ledger, 'openUndos'>;
  readonly clock: Clock;
}): UndoNow {
  const { client, functionName, ledger, clock } = parts;
  return async (strikes, run) => {
    await orderJanitor(client, functionName, { strikes: [...strikes] });
    const until = Math.min(run.deadline, clock.now() + patienceMs);
    for (;;) {
      const { found } = await ledger.openUndos();
      const left = found.filter(({ id }) => strikes.includes(id));
      if (left.length === 0 || clock.now() >= until) {
        return new Map(left.map(({ id, problem }) => [id, problem ?? 'the janitor has not undone it yet']));
      }
      await clock.sleep(lookEveryMs);
    }
  };
}
