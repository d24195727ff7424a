import type { Failure } from '../model/failure.ts';
import { type Limits, listedByKind, type Section } from './section.ts';

/** Failures by kind. `count`: how many there are; the list may have been truncated. */
export function failureSection(
  title: string,
  failures: readonly Failure[],
  count: number,
  { failures: limit, rest }: Pick<Limits, 'failures' | 'rest'>,
): Section {
  const byKind = Map.groupBy(failures, ({ stage, code }) => `${stage} ${code}`);
  const kinds = [...byKind].map(([name, items]) => ({ name, count: items.length, items }));
  const parts = listedByKind(kinds, entry, { limit, missing: count - failures.length, rest });
  return { title, count, tone: 'bad', parts };
}

function entry({ account, region, group, message }: Failure) {
  const place = [account, region].filter((part) => part !== undefined).join('/');
  return { name: group ?? place, text: message, details: [] };
}
