import type { Experiment } from '../../model/experiment.ts';
import { oneLine } from '../../util/format.ts';

/** As long as a file may have it. */
const maxPart = 500;

export function noticedHypothesis(hypothesis: Experiment['hypothesis']): Experiment['hypothesis'] {
  // biome-ignore lint/suspicious/noThenProperty: the field's word, and a text is no function.
  return { if: oneLine(hypothesis.if, maxPart), then: oneLine(hypothesis.then, maxPart) };
}
