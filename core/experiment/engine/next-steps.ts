import type { ExperimentReport } from '../../reports/experiment-report.ts';
import { counted } from '../../util/format.ts';
import { noteCommand } from '../wording/note-command.ts';
import type { Chronicle } from './chronicle.ts';

type Ended = Pick<
  ExperimentReport,
  'id' | 'rehearsal' | 'verdict' | 'stages' | 'probes' | 'strikes' | 'phases'
>;

/** What to do after a verdict, a sentence each. What may be down still comes before all else but an undo. */
export function nextSteps(report: Ended, reach: Chronicle['reach']): readonly string[] {
  const steps = stepsAfterVerdict(report, reach);
  return report.verdict.is === 'undo-failed'
    ? [...steps, ...recoverySteps(report)]
    : [...recoverySteps(report), ...steps];
}

function recoverySteps({ probes }: Ended): readonly string[] {
  const named = (is: (typeof probes)[number]['recovery']) => {
    const names = probes.flatMap(({ name, recovery }) => (recovery === is ? [name] : []));
    return names.length === 0 ? undefined : names.join(', ');
  };
  const [late, unknown] = [named('late'), named('unknown')];
  return [
    ...(late === undefined ? [] : [`See to ${late} first: not within tolerance again in time.`]),
    ...(unknown === undefined ? [] : [`Look at ${unknown}: nobody can tell whether all is well again.`]),
  ];
}

function stepsAfterVerdict(report: Ended, reach: Chronicle['reach']): readonly string[] {
  const { id, rehearsal, stages, probes, strikes } = report;
  const { is, probe, deviated } = report.verdict;
  switch (is) {
    case 'survived':
      return rehearsal
        ? ['Nothing was injected, and nothing deviated: run it with its fault.']
        : [scaleUp(reach)];
    case 'deviated':
      return rehearsal
        ? [
            `Nothing was injected: see what made ${probe} deviate. If it was really down, mend that, and rehearse again.`,
            `If not, this is a false alarm: raise the tolerance of ${probe}, or find out why its bad samples come in bursts.`,
          ]
        : [`Fix what made ${probe} deviate, and run it again.`, learned({ id, stages })];
    case 'not-steady':
      return [`Nothing was injected. See to ${probe}, or to its tolerance, and run it again.`];
    case 'inconclusive':
      if (probe === undefined) return ['See to what kept its targets from being read, and run it again.'];
      return probes.some(({ name, is }) => name === probe && is === 'not-steady')
        ? [
            `The steady state did not hold before stage ${stages.reached}, and what was injected before may be the cause. See to ${probe}, or to its tolerance, and run it again.`,
          ]
        : ['Measure more often or for longer: ./chaos experiment validate says what would be noticed.'];
    case 'aborted':
      return [`${whatBecame(report)} Run it again once nothing is in the way.`];
    case 'failed':
      return [`${whatBecame(report)} Mend the reason, and run it again.`];
    case 'undo-failed':
      return [
        `The janitor goes on trying. Undo it now: ./chaos undo ${openUndos(strikes).join(' ') || '--all'}, or by hand with the commands below.`,
        ...(deviated === undefined || rehearsal ? [] : [learned({ id, stages })]),
      ];
  }
}

/** Where nothing has failed to be undone. */
function whatBecame({ rehearsal, strikes, phases }: Ended): string {
  const injected = strikes.filter(({ outcome }) => outcome === 'succeeded' || outcome === 'unknown');
  if (injected.length === 0) {
    // Of a process that died as it struck nobody knows what it struck: all is undone, and the recovery is watched.
    const mayHave = !rehearsal && phases.some(({ is }) => is === 'recovery');
    return mayHave ? 'What may have been injected was undone.' : 'Nothing was injected.';
  }
  const lasted = injected.some(({ undo }) => undo !== undefined);
  return lasted
    ? 'What was injected was undone.'
    : 'What was injected is done once: nothing had to be undone.';
}

/** Of what deviated. */
function learned({ id, stages }: Pick<Ended, 'id' | 'stages'>): string {
  return `Write down what was learned: ${noteCommand(id)}.${stages.planned > 1 ? ' Until then it is not scaled up.' : ''}`;
}

/** Twice as many targets as now, as far as there are any, and the configuration allows it. */
function scaleUp(reach: Chronicle['reach']): string {
  const wider = [...reach].flatMap(([name, { found, wanted, allowed }]) =>
    wanted < allowed ? [`${name} on ${Math.min(2 * wanted, allowed)} of ${counted(found, 'target')}`] : [],
  );
  return wider.length === 0 ? 'Scale up: a stronger fault, or for longer.' : `Scale up: ${wider.join(', ')}.`;
}

/** The ids of what is not known to be undone. */
function openUndos(strikes: Ended['strikes']): readonly string[] {
  return strikes.flatMap(({ undo, byHand }) => (undo !== undefined && byHand.length > 0 ? [undo] : []));
}
