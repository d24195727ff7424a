import { plusDays } from '../calendar/local-days.ts';
import { deploymentText } from '../model/deployment.ts';
import type { Plan, PlannedStrike } from '../reports/plan.ts';
import { counted, grouped } from '../util/format.ts';
import { type Action, stopActions } from './actions.ts';
import { attributionText } from './attribution.ts';
import { type Digest, type Note, placeFlags, type Reader, readable } from './digest.ts';
import { planSections } from './plan-sections.ts';
import { countPlanned, countStrikes, dayText } from './plan-text.ts';
import type { Limits } from './section.ts';
import { planSubject } from './subject.ts';

/** A plan, for those affected: day by day, then what is left out, what failed, and the totals. */
export function planDigest(plan: Plan, reader: Reader, limits: Limits): Digest {
  const flags = placeFlags(reader);
  const isMessage = 'account' in reader;
  // A message announces what is to come; at a terminal, somebody may ask late in the day.
  const isPassed = ({ slot }: PlannedStrike) => !isMessage && Date.parse(slot) < Date.parse(plan.madeAt);
  const passed = plan.days.flatMap(({ strikes }) => strikes).filter(isPassed).length;
  return readable(
    {
      headline: planSubject(plan),
      notes: notes(plan, passed, flags),
      sections: planSections(plan, limits, flags, isPassed),
      actions: [
        ...actions(plan, flags),
        // Even on a day without planned strikes, runs can be started by hand.
        ...(isMessage && plan.stop === undefined ? stopActions(reader) : []),
      ],
      whole: `All of it: ./chaos plan --date ${plan.from}${flags}`,
      footer: [
        sums(plan),
        'Guards, gates, budgets and a stop can still spare any of them.',
        `Drawn from the groups seen at ${plan.madeAt}. If their members change, another target may be drawn.`,
        ...(isMessage ? [deploymentText(reader)] : []),
      ],
    },
    plan.timeZone,
  );
}

function notes({ mode, stop, days, timeZone }: Plan, passed: number, flags: string): readonly Note[] {
  const empty = days
    .filter((day) => countStrikes(day) === 0)
    .map(({ day, off }) =>
      off === undefined
        ? `Nothing is drawn for ${dayText(day)}`
        : `Nothing is struck on ${dayText(day)}: ${off}`,
    );
  const notes: Note[] = [
    ...(mode === 'leashed' ? ['Nothing will be touched: the configuration says leashed: true'] : []),
    ...empty,
    ...(passed === 0
      ? []
      : [`Slots of ${counted(passed, 'strike')} have passed. What came of them: ./chaos status${flags}`]),
  ].map((text) => ({ text, tone: 'plain' }));
  if (stop === undefined) return notes;
  const stopped = `STOPPED, nothing will be struck: ${attributionText(stop, timeZone)}`;
  return [{ text: stopped, tone: 'alarm' }, ...notes];
}

function actions(plan: Plan, flags: string): readonly Action[] {
  const action = (title: string, command: string) => ({ title, commands: [`./chaos ${command}${flags}`] });
  const until = `${plusDays(plan.to, 1)}T00:00`;
  return [
    ...(plan.stop === undefined ? [] : [action('To lift the stop', 'resume')]),
    ...(countPlanned(plan) === 0
      ? []
      : [
          action(
            `To have a group left alone, ${plan.timeZone} time`,
            `veto GROUP --until ${until} --reason "..."`,
          ),
        ]),
    ...(plan.leftOut.length === 0 ? [] : [action('To see why a group is left out', 'explain GROUP')]),
  ];
}

function sums(plan: Plan): string {
  const { days, failures, omittedFailures = 0 } = plan;
  const strikes = days.flatMap((day) => day.strikes);
  const groups = new Set(strikes.map(({ group }) => group)).size;
  const conditional = strikes.filter(({ dependsOn }) => dependsOn.length > 0).length;
  const off = days.filter((day) => day.off !== undefined).length;
  const all = [
    `${counted(countPlanned(plan), 'strike')} of ${counted(groups, 'group')} on ${counted(days.length, 'day')}`,
    ...(off > 0 ? [`${off} of them off`] : []),
    ...(conditional > 0 ? [`${grouped(conditional)} conditional`] : []),
    counted(failures.length + omittedFailures, 'failure'),
  ];
  return `${all.join(', ')}.`;
}
