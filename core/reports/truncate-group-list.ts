import { fitLists, noteBytes } from '../util/fit-lists.ts';
import type { GroupList } from './group-list.ts';

/**
 * The list, truncated to at most `maxBytes` bytes of JSON (without indentation, UTF-8); the list itself if it fits. Failures go
 * first, then the last groups. `seen` and `omittedFailures` say how many are missing. Throws `DoesNotFit`.
 */
export function truncateGroupList(list: GroupList, maxBytes: number): GroupList {
  const { groups, failures, omittedFailures = 0 } = list;
  const missing = (kept: number) => failures.length - kept + omittedFailures;
  const kept = fitLists({
    entries: [
      ['groups', groups],
      ['failures', failures],
    ],
    shell: { ...list, groups: [], failures: [], omittedFailures: undefined },
    noteBytes: (numbers) => noteBytes('omittedFailures', missing(numbers.failures)),
    maxBytes,
    what: 'the list of groups',
  });
  if (kept.groups === groups.length && kept.failures === failures.length) return list;
  return {
    ...list,
    groups: groups.slice(0, kept.groups),
    failures: failures.slice(0, kept.failures),
    ...(missing(kept.failures) > 0 && { omittedFailures: missing(kept.failures) }),
  };
}
