import { accountsInScope } from '../config/account-scope.ts';
import { groupFilter } from '../config/group-filter.ts';
import type { DecisionContext } from '../decide/decision-context.ts';
import { evaluate } from '../decide/evaluate.ts';
import { shuffled } from '../draws/shuffle.ts';
import { kindOf } from '../kinds/kind.ts';
import type { Group } from '../model/group.ts';
import { orFallback } from '../model/partial-result.ts';
import type { SurveyObserver } from '../plan/daily-plan.ts';
import type { World } from '../ports/world.ts';
import type { Findings } from './build-report.ts';
import type { DrawnGroup } from './inspect-drawn.ts';
import type { Run } from './start-run.ts';

/** What a survey found, and what was decided about each group as listed. */
export interface Surveyed
  extends Pick<Findings, 'accounts' | 'regionsSurveyed' | 'groupsNotFound' | 'didYouMean' | 'failures'> {
  readonly drawn: readonly DrawnGroup[];
  readonly spares: readonly DrawnGroup[];
}

/** Surveys the accounts in the run's scope, and evaluates each group as it comes; what is not needed of it is let go. */
export async function surveyGroups(
  run: Run,
  context: DecisionContext,
  observers: readonly SurveyObserver[],
  { config, fleet }: Pick<World, 'config' | 'fleet'>,
): Promise<Surveyed> {
  const inScope = accountsInScope(run.request, config.accounts);
  // Should time run out, it is not always the same accounts that are left out.
  const accounts = shuffled(inScope, ({ id }) => id, context.draws.slot);
  const wanted = groupFilter(run.request.groups);
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

/** Of a group that was not drawn only the tags are kept: no guard was asked about the rest. */
function evaluated(group: Group, context: DecisionContext): DrawnGroup & { readonly isDrawn: boolean } {
  const { decision, intent, missing } = evaluate(group, {}, context);
  const kept = intent === undefined ? kindOf(context.kinds, group).undrawn(group) : group;
  return { group: kept, decision, isDrawn: missing !== undefined };
}
