import { DoesNotFit, fitLists, jsonBytes } from '../util/truncate-lists.ts';
import type { GroupList } from './group-list.ts';

/**
 * The list, cut so that its JSON (without indentation) has at most `maxBytes` bytes of UTF-8; the list itself if it fits. Failures go
 * first, then the last groups. `seen` and `omittedFailures` say how many are missing. Throws `DoesNotFit`.
 */
export function fitGroups(list: GroupList, maxBytes: number): GroupList {
  const { groups, failures, omittedFailures = 0 } = list;
  const lengths = { groups: groups.length, failures: failures.length };
  const missing = (kept: typeof lengths) => failures.length - kept.failures + omittedFailures;
  const kept = fitLists({
    entries: [
      ...groups.map((entry) => ({ list: 'groups' as const, bytes: jsonBytes(entry) })),
      ...failures.map((entry) => ({ list: 'failures' as const, bytes: jsonBytes(entry) })),
    ],
    lengths,
    shellBytes: jsonBytes({ ...list, groups: [], failures: [], omittedFailures: undefined }),
    noteBytes: (numbers) => (missing(numbers) === 0 ? 0 : `,"omittedFailures":${missing(numbers)}`.length),
    maxBytes,
  });
  if (kept === undefined) throw new DoesNotFit('the list of groups', maxBytes);
  if (kept.groups === groups.length && kept.failures === failures.length) return list;
  return {
    ...list,
    groups: groups.slice(0, kept.groups),
    failures: failures.slice(0, kept.failures),
    ...(missing(kept) > 0 && { omittedFailures: missing(kept) }),
  };
}
