import { plusDays } from '../calendar/local-days.ts';
import { type Deployment, deploymentText } from '../model/deployment.ts';
import { groupText } from '../model/describe.ts';
import type { Plan, PlannedDay, PlannedStrike } from '../reports/plan.ts';
import { counted, grouped, maxText, oneLine, toTheSecond } from '../util/format.ts';
import { type Action, stopActions } from './actions.ts';
import type { Digest } from './digest.ts';
import { failureSection } from './failure-section.ts';
import { clockText, countOf, dayText, plannedCount } from './format-plan.ts';
import { inZone } from './moment-text.ts';
import { type Entry, hasSomethingToSay, type Limits, type Section } from './section.ts';
import { planSubject } from './subject.ts';

/** A plan in words, for those who have to live with it. */
export function planDigest(plan: Plan, deployment: Deployment, limits: Limits): Digest {
  const { failures, omittedFailures = 0 } = plan;
  return {
    headline: planSubject(plan),
    notes: notes(plan),
    sections: [
      ...daySections(plan, deployment, limits.strikes),
      failureSection(
        'Could not be looked at',
        { failures, count: failures.length + omittedFailures },
        limits.failures,
      ),
    ].filter(hasSomethingToSay),
    actions: actions(plan, deployment),
    whole: `All of it: ${planCommand(plan.from, deployment)}`,
    footer: [
      `Drawn from the groups seen at ${inZone(toTheSecond(plan.madeAt), plan.timeZone)}. Guards, gates and budgets may still spare one.`,
      deploymentText(deployment),
    ],
  };
}

function notes({ mode, days, leftOut }: Plan): readonly string[] {
  return [
    ...(mode === 'leashed' ? ['Nothing will be touched: the configuration says leashed: true'] : []),
    ...days.filter((day) => countOf(day) === 0).map(emptyText),
    ...(leftOut.length === 0 ? [] : [leftOutText(leftOut)]),
  ].map((note) => oneLine(note, maxText));
}

function planCommand(day: string, { region }: Deployment): string {
  return `./chaos plan --date ${day} --region ${region}`;
}

function emptyText({ day, off }: PlannedDay): string {
  return off === undefined
    ? `Nothing is drawn for ${dayText(day)}`
    : `Nothing is struck on ${dayText(day)}: ${off}`;
}

function leftOutText(leftOut: Plan['leftOut']): string {
  const reasons = leftOut.map(({ code, groups }) => `${code} ${counted(groups, 'group')}`);
  return `Left out, as certain to be spared: ${reasons.join(', ')}`;
}

/** The first groups of all, day by day, each once with its moments. */
function daySections({ days, timeZone }: Plan, deployment: Deployment, limit: number): readonly Section[] {
  let room = limit;
  return days.map((day) => {
    const groups = [...Map.groupBy(day.strikes, ({ group }) => group).values()];
    const shown = groups.slice(0, room);
    room -= shown.length;
    const rest = countOf(day) - shown.flat().length;
    return {
      title: `${dayText(day.day)}, ${timeZone}: ${counted(countOf(day), 'strike')}`,
      entries: shown.map((strikes) => entry(strikes, timeZone)),
      more: rest === 0 ? undefined : `and ${grouped(rest)} more: ${planCommand(day.day, deployment)}`,
    };
  });
}

/** All strikes of one group on a day. */
function entry(strikes: readonly PlannedStrike[], timeZone: string): Entry {
  const unique = (texts: readonly string[]) => [...new Set(texts)];
  const group = strikes[0]?.group ?? '';
  const moments = strikes.map(({ slot }) => clockText(slot, timeZone));
  const faults = unique(strikes.map(({ fault }) => fault));
  const ids = unique(strikes.flatMap(({ instanceId }) => instanceId ?? []));
  const instances =
    ids.length === 0 ? 'no instance of it is healthy now' : `${ids.join(', ')} if its members stay`;
  return {
    what: oneLine(`${moments.join(', ')} ${groupText(group)}: ${faults.join(' or ')}, ${instances}`, maxText),
    // The key, as a veto wants it.
    where: oneLine([group, ...unique(strikes.flatMap(({ dependsOn }) => dependsOn))].join(', '), maxText),
  };
}

function actions(plan: Plan, deployment: Deployment): readonly Action[] {
  // By hand a run can be made of an empty plan's day as well.
  if (plannedCount(plan) === 0) return stopActions(deployment);
  const until = `${plusDays(plan.to, 1)}T00:00`;
  return [
    {
      title: `To have a group left alone, ${plan.timeZone} time`,
      commands: [`./chaos veto GROUP --until ${until} --reason "..." --region ${deployment.region}`],
    },
    ...stopActions(deployment),
  ];
}
