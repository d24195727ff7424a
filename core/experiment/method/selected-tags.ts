import type { Experiment } from '../../model/experiment.ts';

/** The keys of the tags by which an experiment selects its targets: whoever surveys them must read these. */
export function selectedTagKeys({ method }: Pick<Experiment, 'method'>): readonly string[] {
  return [...new Set(method.flatMap(({ target: { tags = {} } }) => Object.keys(tags)))];
}
