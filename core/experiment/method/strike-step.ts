import { makeCalendar } from '../../calendar/make-calendar.ts';
import { scopeAccounts } from '../../config/scope-accounts.ts';
import type { ControlRecord } from '../../model/control-record.ts';
import type { Decision } from '../../model/decision.ts';
import type { MethodStep } from '../../model/experiment.ts';
import { failure } from '../../model/failure.ts';
import type { Group } from '../../model/group.ts';
import { orFallback, type PartialResult } from '../../model/partial-result.ts';
import type { RunContext } from '../../model/run-context.ts';
import { undoIdOf } from '../../model/undo-entry.ts';
import type { World } from '../../ports/world.ts';
import type { Strike } from '../../reports/run-report.ts';
import { strikeInRounds } from '../../run/strike-in-rounds.ts';
import { strikeMode } from '../../run/strike-mode.ts';
import { mergeResults, noResults, type StrikeResults } from '../../run/strike-results.ts';
import type { BesideStrike } from '../engine/ports.ts';
import { unlessOver } from '../engine/when-over.ts';
import { contextOf, type ExperimentPlace } from './resolve-step.ts';
import type { Rounds } from './select-rounds.ts';

/** What is drawn in a run is recorded for a replay; an experiment draws nothing, its file says all. */
const unrecorded = { add: () => {} };

/** A strike, with the id of the entry that undoes it where its fault lasts. */
export type StruckByStep = Strike & { readonly undo?: string };

export interface StruckStep extends StrikeResults {
  readonly strikes: readonly StruckByStep[];
}

/**
 * Strikes the resolved targets of a step through the same gates, guards, claims and budgets as a run. What is no longer as it was
 * resolved is spared. A round begins only once the one before it left nothing spared: it would strike fewer than the stage says. Once it
 * is over, nothing more is begun. Never rejects: what was struck before a problem is what people have to know.
 */
export async function strikeStep(
  step: MethodStep,
  rounds: Rounds,
  place: ExperimentPlace,
  run: RunContext,
  control: ControlRecord,
  world: World,
  beside: BesideStrike,
): Promise<StruckStep> {
  const { over } = beside;
  const strikes: StruckByStep[] = [];
  const results: StrikeResults[] = [];
  try {
    const groups = await unlessOver(over, findGroups(rounds.flat(), run, world));
    if (groups !== undefined) results.push({ ...noResults, failures: groups.failures });
    for (const [round, keys] of rounds.entries()) {
      if (groups === undefined || over.aborted) break;
      const context = await unlessOver(over, contextOf(step, place, round, control, world));
      if (context === undefined) break;
      const slotted = { ...run, slot: context.slot };
      const mode = strikeMode({ mode: 'live' }, slotted, makeCalendar(world.config), world, over);
      const drawn = keys.flatMap((key) => {
        const group = groups.value.get(key);
        return group === undefined ? [] : [{ group, decision: byExperiment(key, place) }];
      });
      const struck = await strikeInRounds(drawn, context, slotted, mode, unrecorded, world);
      results.push(struck);
      const lasts = world.faults.get(step.fault.name)?.lasts === true;
      const undoOf = (group: string) => undoIdOf({ slot: slotted.slot.id, group, runId: run.runId });
      strikes.push(...struck.strikes.map((one) => ({ ...one, ...(lasts && { undo: undoOf(one.group) }) })));
      if (struck.strikes.some(({ outcome }) => outcome !== 'failed')) beside.struck();
      if (struck.strikes.length < keys.length) break;
    }
  } catch (error) {
    results.push({ ...noResults, failures: [failure('claim', error)] });
  }
  return { ...mergeResults(results), strikes };
}

/** As they are listed now, by key. */
async function findGroups(
  keys: readonly string[],
  run: RunContext,
  { config, fleet }: Pick<World, 'config' | 'fleet'>,
): Promise<PartialResult<ReadonlyMap<string, Group>>> {
  const wanted = new Set(keys);
  const [accounts, regions] = [0, 1].map((part) => keys.map((key) => key.split('/')[part] ?? ''));
  const { value, failures } = await orFallback(
    'survey',
    { seen: [], regionsSurveyed: 0 },
    fleet.survey(scopeAccounts({ accounts, regions }, config.accounts), run, (group) =>
      wanted.has(group.key) ? [group] : [],
    ),
  );
  return { value: new Map(value.seen.flat().map((group) => [group.key, group])), failures };
}

function byExperiment(group: string, { id, stage }: ExperimentPlace): Decision {
  const text = `stage ${stage} of experiment ${id} drew it`;
  return { group, verdict: 'strike', reason: { code: 'experiment', text } };
}
