import type { Course } from './course.ts';
import { deviationText, unsteadyText } from './ending-texts.ts';
import type { Ending } from './endings.ts';
import type { Segment } from './segment.ts';

/** What it means for an experiment that a segment has ended so; undefined: it goes on. */
export function endingOf(
  ended: Segment['ended'],
  { at, phases, baseline, evidence }: Pick<Course, 'at' | 'phases' | 'baseline' | 'evidence'>,
): Ending | undefined {
  switch (ended.by) {
    case 'stop':
      return { is: 'aborted', by: ended.who, at };
    case 'problem':
      return { is: 'failed', why: ended.why, at };
    case 'deviation':
      return deviationOf(ended.probe, evidence) ?? unsteadyOf(ended.probe, { phases, baseline });
    default:
      return undefined;
  }
}

/** The first probe that has deviated under faults, whenever the sample was answered that shows it. */
export function firstDeviation({ evidence }: Pick<Course, 'evidence'>): Ending | undefined {
  const [first] = [...evidence]
    .flatMap(([name, { deviated }]) => (deviated === undefined ? [] : [{ name, at: deviated.at }]))
    .toSorted((a, b) => a.at - b.at);
  return first && deviationOf(first.name, evidence);
}

function deviationOf(probe: string, evidence: Course['evidence']): Ending | undefined {
  const one = evidence.get(probe);
  const { at } = one?.deviated ?? {};
  return at === undefined ? undefined : { is: 'deviated', probe, why: deviationText(one), at, evidence: one };
}

/** The steady state was gone before the first fault of the stage. */
function unsteadyOf(
  probe: string,
  { phases, baseline }: Pick<Course, 'phases' | 'baseline'>,
): Ending | undefined {
  const { at } = baseline.get(probe)?.deviated ?? {};
  if (at === undefined) return undefined;
  const why = unsteadyText({ is: 'not-steady', why: 'deviated', at }, phases.at(-1)?.stage ?? 1);
  return { is: 'not-steady', probe, why, at };
}
