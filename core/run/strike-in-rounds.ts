import type { DecisionContext } from '../decide/decision-context.ts';
import { spareGroup } from '../decide/spare-group.ts';
import { shuffle } from '../draws/shuffle.ts';
import { ownStrikes } from '../ledger/own-strikes.ts';
import { DeadlineReached, failure } from '../model/failure.ts';
import type { World } from '../ports/world.ts';
import { type DrawnGroup, isReadyToStrike } from './inspect-drawn.ts';
import { formatPlace, inspectRound } from './inspect-round.ts';
import type { Recorder } from './record-decisions.ts';
import { strikeAll } from './strike.ts';
import type { SlottedRun, StrikeMode } from './strike-mode.ts';
import { allSpared, logged, mergeResults, noResults, type StrikeResults } from './strike-results.ts';

/**
 * Inspects and strikes drawn groups, some at a time, in the order drawn for the slot. Once a budget is exhausted, the remaining
 * groups that it counts are not inspected, nor are those in a place where an inspection failed. Once time is up or a gate has
 * closed, no remaining group is touched. Only the results of a finished round stay in memory, and what the recorder keeps.
 */
export async function strikeInRounds(
  drawn: readonly DrawnGroup[],
  context: DecisionContext,
  run: SlottedRun,
  mode: StrikeMode,
  recorder: Pick<Recorder, 'add'>,
  world: World,
): Promise<StrikeResults> {
  const groups = shuffle(drawn, ({ group }) => group.key, context.draws.slot);
  const results: StrikeResults[] = [];
  const spare = (ones: readonly DrawnGroup[], code: string, text: string) => {
    const decided = ones.map((one) => ({ ...one, decision: spareGroup(one.decision, { code, text }) }));
    recorder.add(decided.map((one) => ({ ...one, evidence: {} })));
    results.push(logged({ ...noResults, decisions: decided.map(({ decision }) => decision) }, world));
  };

  // What is not known spares each group before it is struck.
  const own = ownStrikes(context.open.ok ? context.open.value : [], context.ownSlots);
  const lost = new Set<string>();
  for (let start = 0; start < groups.length; start += mode.groupsARound) {
    const end = start + mode.groupsARound;
    const [next, left] = [groups.slice(start, end), groups.slice(end)];
    const now = world.clock.now();
    if (now >= run.deadline) {
      const late = failure('inspect', new DeadlineReached(`inspect ${groups.length - start} drawn groups`));
      results.push({ ...noResults, failures: [late] });
      spare([...next, ...left], 'not-inspected', 'no time was left to inspect it');
      break;
    }
    const over = mode.over();
    if (over !== undefined) {
      spare([...next, ...left], over.code, over.text);
      break;
    }
    const isLost = ({ group }: DrawnGroup) => lost.has(formatPlace(group));
    const inReach = next.filter((one) => !isLost(one));
    spare(
      next.filter(isLost),
      'not-inspected',
      'other groups in its account and region could not be inspected',
    );
    const ports = { fleet: world.fleet, ledger: mode.ledger };
    const inspection = mode.runOfInspection(now);
    const { value: inspected, failures } = await inspectRound(inReach, context, inspection, recorder, ports);
    for (const one of failures) lost.add(formatPlace(one));
    const ready = inspected.filter(isReadyToStrike);
    const decisions = inspected.filter((one) => !isReadyToStrike(one)).map(({ decision }) => decision);
    results.push(logged({ decisions, strikes: [], failures }, world));
    if (ready.length === 0) continue;

    const closed = await mode.closedGate();
    if (closed !== undefined) {
      const text = `the gate closed during the run: ${closed.text}`;
      results.push(logged(allSpared(ready, closed.gate, text), world));
      spare(left, closed.gate, text);
      break;
    }
    const round = { run, mode, day: context.day, inspectedAt: now, own };
    results.push(await strikeAll(ready, round, world));
  }
  return mergeResults(results);
}
