import type { ProbeResult } from '#core/reports/experiment-report.ts';
import { grouped } from '#core/util/format.ts';

/** Numbers differ from sample to sample where the cause is the same: `812 ms`. */
const numbers = /\d[\d,.]*/g;

/** What most bad samples say, and of how many that were kept: `no answer: ECONNREFUSED (60 of 60)`. Undefined without any. */
export function commonestCause({ badSamples }: Pick<ProbeResult, 'badSamples'>): string | undefined {
  const causes = Map.groupBy(badSamples, ({ detail }) => detail.replace(numbers, '#'));
  const [most = []] = [...causes.values()].toSorted((a, b) => b.length - a.length);
  const [first] = most;
  if (first === undefined) return undefined;
  const isSame = most.every(({ detail }) => detail === first.detail);
  const text = isSame ? first.detail : `${first.detail} and the like`;
  return `${text} (${grouped(most.length)} of ${grouped(badSamples.length)})`;
}
