import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { UndoNow } from '#core/experiment/method/undo-now.ts';
import { unreadableText } from '#core/model/unreadable-item.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import { UndoId } from '#core/undo/plan-undo.ts';
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
    // Whoever can name a strike by anything else has read an entry that nobody can order.
    const known = strikes.filter((id) => UndoId.safeParse(id).success);
    if (known.length > 0) await orderJanitor(client, functionName, { strikes: known });
    const until = Math.min(run.deadline, clock.now() + patienceMs);
    for (;;) {
      const { found, unreadable } = await ledger.openUndos();
      const left = new Map(
        [
          ...found.map(({ id, problem }) => [id, problem ?? 'the janitor has not undone it yet'] as const),
          // Another version of the janitor may read it.
          ...unreadable.map((one) => [one.sk, unreadableText(one)] as const),
        ].filter(([id]) => strikes.includes(id)),
      );
      if (left.size === 0 || clock.now() >= until) return left;
      await clock.sleep(lookEveryMs);
    }
  };
}
