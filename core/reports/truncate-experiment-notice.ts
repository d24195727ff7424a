import { fitLists, noteBytes } from '../util/fit-lists.ts';
import type { ExperimentNotice } from './experiment-notice.ts';

const omitted = 'omittedStrikes';

/**
 * The notice with as many strikes as fit into `maxBytes` bytes of JSON (without indentation, UTF-8); the notice itself if it fits. Throws
 * `DoesNotFit`.
 */
export function truncateExperimentNotice(notice: ExperimentNotice, maxBytes: number): ExperimentNotice {
  const { strikes, omittedStrikes = 0 } = notice;
  const missing = (kept: number) => strikes.length - kept + omittedStrikes;
  const kept = fitLists({
    entries: [['strikes', strikes]],
    shell: { ...notice, strikes: [], [omitted]: undefined },
    noteBytes: (numbers) => noteBytes(omitted, missing(numbers.strikes)),
    maxBytes,
    what: `the notice of experiment ${notice.id}`,
  });
  if (kept.strikes === strikes.length) return notice;
  return { ...notice, strikes: strikes.slice(0, kept.strikes), [omitted]: missing(kept.strikes) };
}
