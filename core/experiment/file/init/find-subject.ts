import type { Group } from '../../../model/group.ts';

export interface Subject {
  readonly name: string;
  /** Undefined where no group has the name. */
  readonly kind?: string;
}

/** Words that stand before a name: `the function listImages`. */
const articles = new Set(['the', 'a', 'an', 'our', 'my', 'one', 'all', 'any', 'some', 'every', 'somebody']);
const nouns = new Set([
  ...['function', 'table', 'bucket', 'queue', 'topic', 'role', 'api', 'group', 'service', 'lambda'],
  ...['instance', 'instances', 'host', 'server'],
]);

/**
 * What a question is about: the group that it names, the longest name first; else the word that looks like the name of something; else
 * the subject of its sentence.
 */
export function findSubject(
  question: string,
  groups: readonly Pick<Group, 'kind' | 'name'>[],
): Subject | undefined {
  const words = question.match(/[\w./-]*\w/g) ?? [];
  const named = groups
    .filter(({ name }) => words.some((word) => word.toLowerCase() === name.toLowerCase()))
    .toSorted((a, b) => b.name.length - a.name.length)[0];
  if (named !== undefined) return { name: named.name, kind: named.kind };
  const name = words.find((word) => /[a-z][A-Z]/.test(word)) ?? subjectOf(words);
  return name === undefined ? undefined : { name };
}

/** `web` in `what if the group web loses an instance`, `checkout` in `what if checkout is slow`. */
function subjectOf(words: readonly string[]): string | undefined {
  const start = words.findIndex((word) => word.toLowerCase() === 'if') + 1;
  const [first, second, third] = words.slice(start).filter((word) => !articles.has(word.toLowerCase()));
  if (first === undefined) return undefined;
  if (!nouns.has(first.toLowerCase())) return second === undefined ? undefined : first;
  // `the group loses one` names no group, `the group web loses one` does.
  return second === undefined || third === undefined || isVerb(second) ? undefined : second;
}

function isVerb(word: string): boolean {
  return /^(?:is|are|has|can\w*|times?|\w+s)$/i.test(word);
}
