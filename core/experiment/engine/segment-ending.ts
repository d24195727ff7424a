import type { Course } from './course.ts';
import { deviationText } from './ending-texts.ts';
import type { Ending } from './endings.ts';
import type { Segment } from './segment.ts';

/** What it means for an experiment that a segment under its faults has ended so; undefined: it goes on. */
export function endingOf(ended: Segment['ended'], { at, evidence }: Course): Ending | undefined {
  switch (ended.by) {
    case 'stop':
      return { is: 'aborted', by: ended.who, at };
    case 'problem':
      return { is: 'failed', why: ended.why, at };
    case 'deviation':
      return deviationOf(ended.probe, evidence);
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
