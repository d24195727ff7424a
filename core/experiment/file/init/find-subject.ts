export interface Subject {
  readonly name: string;
  /** It may be about something else. */
  readonly isGuess: boolean;
}

/** Words that stand before a name: `the function listImages`. */
const articles = new Set(['the', 'a', 'an', 'our', 'my', 'one', 'all', 'any', 'some', 'every', 'somebody']);
const nouns = new Set([
  ...['function', 'table', 'bucket', 'queue', 'topic', 'role', 'api', 'group', 'service', 'lambda'],
  ...['instance', 'instances', 'host', 'hosts', 'server', 'servers', 'machine', 'machines'],
]);
/** Nobody's own: what a question is about is in them, or fails because of them. */
const services = new Set(['dynamodb', 's3', 'sqs', 'sns', 'ec2', 'iam', 'aws', 'lambda', 'cloudwatch']);

/** What a question is about: the word that looks like the name of something; else what its sentence is about. */
export function findSubject(question: string): Subject | undefined {
  const words = question.match(/[\w./-]*\w%?/g) ?? [];
  const looksNamed = new Set(
    words.filter((word) => /[a-z][A-Z]/.test(word) && !services.has(word.toLowerCase())),
  );
  const [name] = looksNamed;
  return name === undefined ? subjectOf(words) : { name, isGuess: looksNamed.size > 1 };
}

/** `web` in `what if the group web loses an instance`, `checkout` in `what if checkout is slow`. */
function subjectOf(words: readonly string[]): Subject | undefined {
  const start = words.findIndex((word) => word.toLowerCase() === 'if') + 1;
  const all = words.slice(start).filter((word) => !articles.has(word.toLowerCase()));
  const [named] = all.flatMap((word, index) => (isNoun(word) ? (nameAfter(index, all) ?? []) : []));
  if (named !== undefined) return { name: named, isGuess: false };
  // `runs out of memory` says of what, and not of whom.
  const of = all.findLastIndex((word, index) => /^of$/i.test(word) && !/^out$/i.test(all[index - 1] ?? ''));
  const [first, second = '', third] = all.slice(of + 1);
  if (first === undefined || isNoun(first)) return undefined;
  if (isNoun(second)) return { name: first, isGuess: false };
  if (of > 0) return { name: first, isGuess: !isNoun(all[of - 1]) };
  if (!services.has(first.toLowerCase())) return second === '' ? undefined : { name: first, isGuess: true };
  // `DynamoDB throttles orders`.
  return third === undefined || isState(second) ? undefined : { name: third, isGuess: true };
}

/** `the group loses one` names no group, `the group web loses one` does, and so does `the table images is ...`. */
function nameAfter(index: number, words: readonly string[]): string | undefined {
  const [name, then] = words.slice(index + 1);
  if (name === undefined || then === undefined || isState(name) || isNoun(name)) return undefined;
  return /^(?:of|to|in|on|at|with|out)$/i.test(name) || (isVerb(name) && !isVerb(then)) ? undefined : name;
}

function isNoun(word = ''): boolean {
  return nouns.has(word.toLowerCase());
}

function isVerb(word: string): boolean {
  return isState(word) || /^\w+s$/i.test(word);
}

function isState(word: string): boolean {
  return /^(?:is|are|was|were|has|have|can\w*|do\w*|run|lose|fail|die|stop|go|get)$/i.test(word);
}
