import { makeGroupFilter } from '../config/group-filter.ts';
import { scopeAccounts } from '../config/scope-accounts.ts';
import type { DecisionContext } from '../decide/decision-context.ts';
import { evaluate } from '../decide/evaluate.ts';
import { shuffle } from '../draws/shuffle.ts';
import { kindOf } from '../kinds/kind.ts';
import type { Group } from '../model/group.ts';
import { orFallback } from '../model/partial-result.ts';
import type { SurveyObserver } from '../plan/daily-plan.ts';
import type { World } from '../ports/world.ts';
import type { DrawnGroup } from './inspect-drawn.ts';
import type { Findings } from './make-report.ts';
import type { Run } from './start-run.ts';

/** What a survey found, and the decision about each group as listed. */
export interface Surveyed
  extends Pick<Findings, 'accounts' | 'regionsSurveyed' | 'groupsNotFound' | 'didYouMean' | 'failures'> {
  readonly drawn: readonly DrawnGroup[];
  readonly spares: readonly DrawnGroup[];
}

/** Surveys the accounts in the run's scope and evaluates each group as it arrives, keeping only what is needed. */
export async function surveyGroups(
  run: Run,
  context: DecisionContext,
  observers: readonly SurveyObserver[],
  { config, fleet }: Pick<World, 'config' | 'fleet'>,
): Promise<Surveyed> {
  const inScope = scopeAccounts(run.request, config.accounts);
  // If time runs out, it is not always the same accounts that are left out.
  const accounts = shuffle(inScope, ({ id }) => id, context.draws.slot);
  const wanted = makeGroupFilter(run.request.groups);
  const { value: survey, failures } = await orFallback(
    'survey',
    { seen: [], regionsSurveyed: 0 },
    fleet.survey(accounts, run, (group) => {
      if (!wanted.takes(group)) return [];
      for (const observer of observers) observer.see(group);
      return [evaluated(group, context)];
    }),
  );
  const groups = survey.seen.flat();
  return {
    accounts: accounts.length,
    regionsSurveyed: survey.regionsSurveyed,
    groupsNotFound: wanted.notSeen(),
    didYouMean: wanted.meant(),
    drawn: groups.filter(({ isDrawn }) => isDrawn),
    spares: groups.filter(({ isDrawn }) => !isDrawn),
    failures,
  };
}

/** For a group that was not drawn, only the tags are kept: guards have not seen the rest. */
function evaluated(group: Group, context: DecisionContext): DrawnGroup & { readonly isDrawn: boolean } {
  const { decision, intent, missing } = evaluate(group, {}, context);
  const kept = intent === undefined ? kindOf(context.kinds, group).undrawn(group) : group;
  return { group: kept, decision, isDrawn: missing !== undefined };
}
