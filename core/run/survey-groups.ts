import { makeGroupFilter } from '../config/group-filter.ts';
import { scopeAccounts } from '../config/scope-accounts.ts';
import type { DecisionContext } from '../decide/decision-context.ts';
import { evaluate } from '../decide/evaluate.ts';
import { shuffle } from '../draws/shuffle.ts';
import { findKind } from '../kinds/kind.ts';
import type { Decision } from '../model/decision.ts';
import { orFallback } from '../model/partial-result.ts';
import type { SurveyObserver } from '../plan/daily-plan.ts';
import type { World } from '../ports/world.ts';
import type { DrawnGroup } from './inspect-drawn.ts';
import type { Findings } from './make-report.ts';
import type { Recorder } from './record-decisions.ts';
import type { Run } from './start-run.ts';

/** What a survey found, and the decision about each group as listed. */
export interface Surveyed
  extends Pick<Findings, 'accounts' | 'regionsSurveyed' | 'groupsNotFound' | 'didYouMean' | 'failures'> {
  readonly drawn: readonly DrawnGroup[];
  readonly spares: readonly Decision[];
}

/** Surveys the accounts in the run's scope and evaluates each group as it arrives. For a spared group, only the decision is kept. */
export async function surveyGroups(
  run: Run,
  context: DecisionContext,
  observers: readonly SurveyObserver[],
  recorder: Pick<Recorder, 'add'>,
  { config, fleet }: Pick<World, 'config' | 'fleet'>,
): Promise<Surveyed> {
  const inScope = scopeAccounts(run.request, config.accounts);
  // Shuffled, so that it is not always the same accounts that miss out when time runs out.
  const accounts = shuffle(inScope, ({ id }) => id, context.draws.slot);
  const wanted = makeGroupFilter(run.request.groups);
  const { value: survey, failures } = await orFallback(
    'survey',
    { seen: [], regionsSurveyed: 0 },
    fleet.survey(accounts, run, (group) => {
      if (!wanted.takes(group)) return [];
      for (const observer of observers) observer.see(group);
      const { decision, intent, missing } = evaluate(group, {}, context);
      if (missing !== undefined) return [{ decision, group }];
      // For a group that was not drawn, only the tags are recorded: no guard read anything else.
      const recorded = intent === undefined ? findKind(context.kinds, group).undrawn(group) : group;
      recorder.add([{ decision, group: recorded, evidence: {} }]);
      return [{ decision, group: undefined }];
    }),
  );
  const groups = survey.seen.flat();
  return {
    accounts: accounts.length,
    regionsSurveyed: survey.regionsSurveyed,
    groupsNotFound: wanted.notSeen(),
    didYouMean: wanted.meant(),
    drawn: groups.flatMap(({ decision, group }) => (group === undefined ? [] : [{ decision, group }])),
    spares: groups.flatMap(({ decision, group }) => (group === undefined ? [decision] : [])),
    failures,
  };
}
