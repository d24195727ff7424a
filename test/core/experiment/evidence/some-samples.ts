import {
  addSample,
  type Evidence,
  endStage,
  startEvidence,
  startStage,
} from '#core/experiment/evidence/evidence.ts';
import type { EvidencePlan } from '#core/experiment/evidence/plan.ts';
import type { Sample } from '#core/model/sample.ts';

/** Samples of a stage, a letter each, due one after the other from 0 on: `g`ood, `b`ad, `u`nmeasured. */
export function samplesOf(letters: string, everyMs = 200): readonly Sample[] {
  const kinds = { g: 'good', b: 'bad', u: 'unmeasured' } as const;
  return [...letters].map((letter, index) => ({
    due: index * everyMs,
    is: kinds[letter as keyof typeof kinds],
  }));
}

/** Evidence of one stage of such samples, which is over; `before`: of those that were before it. */
export function evidenceOf(plan: EvidencePlan, letters: string, before = startEvidence(plan)): Evidence {
  const open = samplesOf(letters, plan.everyMs).reduce(
    (evidence, sample) => addSample(evidence, sample),
    startStage(before, 0),
  );
  return endStage(open, letters.length * plan.everyMs);
}
