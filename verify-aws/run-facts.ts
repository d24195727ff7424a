import pMap from 'p-map';
import type { Clock } from '#core/ports/clock.ts';
import { codeOf, messageOf } from '#core/util/error-text.ts';
import { oneLine } from '#core/util/format.ts';
import { Interrupted, openBench, type Place, type Removal } from './bench.ts';
import { type Fact, notTried, type Verdict } from './fact.ts';

export interface FactResult extends Verdict {
  readonly name: string;
  readonly claim: string;
}

export interface Verification {
  readonly account: string;
  readonly region: string;
  readonly isSandbox: boolean;
  readonly facts: readonly FactResult[];
  /** What could not be removed, and why. */
  readonly left: readonly string[];
}

/** They mostly wait, for moments and for AWS. */
const checksAtOnce = 6;
const maxText = 300;

/** Checks each fact, removes what that took, and never rejects. Aborting `signal` ends the checks, and removes all the same. */
export async function runFacts(
  facts: readonly Fact[],
  place: Place,
  signal: AbortSignal,
  told: (result: FactResult) => void = () => {},
): Promise<Verification> {
  const atEnd: Removal[] = [];
  const left: string[] = [];
  const results = await pMap(
    facts,
    async (fact) => {
      const removals: Removal[] = [];
      const verdict = await verdictOn(fact, place, signal, { removals, atEnd });
      left.push(...(await removeAll(removals, place.clock)));
      const result = { name: fact.name, claim: fact.claim, ...verdict };
      told(result);
      return result;
    },
    { concurrency: checksAtOnce },
  );
  left.push(...(await removeAll(atEnd, place.clock)));
  const { account, region, isSandbox } = place;
  return { account, region, isSandbox, facts: results, left };
}

async function verdictOn(
  { check, notTried: why = '' }: Fact,
  place: Place,
  signal: AbortSignal,
  lists: Parameters<typeof openBench>[2],
): Promise<Verdict> {
  if (check === undefined) return notTried(why);
  try {
    if (signal.aborted) throw new Interrupted();
    const verdict = await check.run(openBench(place, signal, lists));
    return place.isSandbox && verdict.answer === 'holds' ? { ...verdict, answer: 'ran' } : verdict;
  } catch (error) {
    return notTried(reasonOf(error));
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof Interrupted) return error.message;
  if (codeOf(error) === 'NotImplemented') return messageOf(error);
  return oneLine(`the check failed: ${codeOf(error)}: ${messageOf(error)}`, maxText);
}

const attempts = 6;
const betweenAttemptsMs = 10_000;

/** The last first. What is gone already counts as removed. */
async function removeAll(removals: readonly Removal[], clock: Clock): Promise<readonly string[]> {
  const left: string[] = [];
  for (const { what, remove } of removals.toReversed()) {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await remove();
        break;
      } catch (error) {
        if (isGone(error)) break;
        if (attempt === attempts || codeOf(error) === 'NotImplemented') {
          left.push(oneLine(`${what}: ${codeOf(error)}: ${messageOf(error)}`, maxText));
          break;
        }
        await clock.sleep(betweenAttemptsMs);
      }
    }
  }
  return left;
}

function isGone(error: unknown): boolean {
  return /NotFound|NoSuch|DoesNotExist|NonExistent/.test(codeOf(error));
}
