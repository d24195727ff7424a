import { fitLists } from '../util/fit-lists.ts';
import type { GroupList } from './group-list.ts';

/**
 * The list, truncated to at most `maxBytes` bytes of JSON (without indentation, UTF-8); the list itself if it fits. Failures go
 * first, then the last groups. `seen` and `omittedFailures` say how many are missing. Throws `DoesNotFit`.
 */
export function truncateGroupList(list: GroupList, maxBytes: number): GroupList {
  const { groups, failures, omittedFailures = 0 } = list;
  return fitLists(list, {
    entries: [
      ['groups', groups],
      ['failures', failures],
    ],
    cut: (kept) => {
      const missing = failures.length - kept.failures + omittedFailures;
      return {
        ...list,
        groups: groups.slice(0, kept.groups),
        failures: failures.slice(0, kept.failures),
        ...(missing > 0 && { omittedFailures: missing }),
      };
    },
    maxBytes,
    what: 'the list of groups',
  });
}
