import type { Calendar } from '../calendar/calendar.ts';
import type { DecisionContext } from '../decide/decision-context.ts';
import { spared } from '../decide/spare.ts';
import { shuffled } from '../draws/shuffle.ts';
import { closedSince } from '../gates/recheck-gates.ts';
import { DeadlineReached, type Failure, failure } from '../model/failure.ts';
import type { RunContext } from '../model/run-context.ts';
import type { Slot } from '../model/slot.ts';
import type { World } from '../ports/world.ts';
import { type DrawnGroup, type EvaluatedGroup, inspectDrawn, isReadyToStrike } from './inspect-drawn.ts';
import { strikeAll } from './strike.ts';
import { allSpared, logged, mergeResults, noResults, type StrikeResults } from './strike-results.ts';

/** What the drawn groups came to. */
export interface Rounds {
  readonly inspected: readonly EvaluatedGroup[];
  readonly struck: StrikeResults;
}

/** Few, so that a group is struck soon after the look that found nothing against it. */
const groupsARound = 32;
/** One that is throttled for long keeps the others of its round waiting, and their looks grow old. */
const lookPatienceMs = 20_000;

/**
 * Looks drawn groups up and strikes them, some at a time, in the order that the slot drew. Once a budget is exhausted, those left
 * that it counts cost no look, nor do those of a place that could not be looked at; once time is up or a gate has closed, none
 * that is left is touched.
 */
export async function strikeInRounds(
  drawn: readonly DrawnGroup[],
  context: DecisionContext,
  run: RunContext & { readonly slot: Slot },
  calendar: Calendar,
  world: World,
): Promise<Rounds> {
  const groups = shuffled(drawn, ({ decision }) => decision.group, context.draws.slot);
  const inspected: EvaluatedGroup[] = [];
  const parts: StrikeResults[] = [];
  const spare = (ones: readonly DrawnGroup[], code: string, text: string) => {
    for (const one of ones) {
      inspected.push({ ...one, evidence: {}, decision: spared(one.decision, { code, text }) });
    }
    parts.push(logged(allSpared(ones, code, text), world));
  };

  const lost = new Set<string>();
  for (let start = 0; start < groups.length; start += groupsARound) {
    const [round, left] = [groups.slice(start, start + groupsARound), groups.slice(start + groupsARound)];
    const now = world.clock.now();
    if (now >= run.deadline) {
      const late = failure('inspect', new DeadlineReached(`look up ${groups.length - start} drawn groups`));
      parts.push({ ...noResults, failures: [late] });
      spare([...round, ...left], 'not-inspected', 'no time was left to look it up');
      break;
    }
    const isLost = ({ group }: DrawnGroup) => lost.has(placeOf(group));
    const unseen = 'others of its account and region could not be looked up';
    spare(round.filter(isLost), 'not-inspected', unseen);
    // What is left of a short time is shared with the strikes.
    const deadline = Math.min(now + lookPatienceMs, (now + run.deadline) / 2);
    const inReach = round.filter((one) => !isLost(one));
    const { value: found, failures } = await inspectDrawn(inReach, context, { ...run, deadline }, world);
    for (const one of failures) lost.add(placeOf(one));
    inspected.push(...found);
    const decisions = found.filter((one) => !isReadyToStrike(one)).map(({ decision }) => decision);
    parts.push(logged({ decisions, strikes: [], failures }, world));
    const ordered = found.filter(isReadyToStrike);
    if (ordered.length === 0) continue;

    const closed = await closedSince({ calendar, slot: run.slot }, world);
    if (closed !== undefined) {
      const text = `the gate closed while the run was under way: ${closed.text}`;
      parts.push(logged(allSpared(ordered, closed.gate, text), world));
      spare(left, closed.gate, text);
      break;
    }
    parts.push(await strikeAll(ordered, run, world, calendar, now));
  }
  return { inspected, struck: mergeResults(parts) };
}

function placeOf({ account, region }: Pick<Failure, 'account' | 'region'>): string {
  return `${account}/${region}`;
}
