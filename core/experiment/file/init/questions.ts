import { kindsIn } from './kinds-in.ts';

/** What a question asks for. */
export interface Guess {
  readonly fault: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The words that say how much: what else in the question is a number was not understood. */
  readonly used?: string;
  /** What a person has to look at, as the question does not say it, or says more than there is. */
  readonly notes?: readonly string[];
  /** What the question does not say: the fault, or the names of some of its parameters. */
  readonly guessed?: 'fault' | readonly string[];
}

type Rule = readonly [when: RegExp, guess: (found: readonly string[]) => Guess];

/** The longest timeout of a function. */
const mostMs = 900_000;
const ms = 300;
const byALittle: Guess = { fault: 'lambda-latency', parameters: { ms } };

const plain = (fault: string) => (): Guess => ({ fault, parameters: {} });

/** By what is denied, where a question says `access` or `permission`. */
const denials: readonly (readonly [when: RegExp, fault: string])[] = [
  [/\btables?\b|dynamodb/, 'dynamodb-deny'],
  [/\bbuckets?\b|\bs3\b/, 's3-deny'],
  [/\bqueues?\b|\bsqs\b/, 'sqs-deny'],
  [/\btopics?\b|\bsns\b/, 'sns-deny'],
  [/\broles?\b|\biam\b/, 'iam-deny'],
];

/** The first that matches. In lower case. */
const rules: readonly Rule[] = [
  [
    /\b(?:loses?|kills?|terminates?|without)\b.*\b(?:instances?|hosts?|servers?|machines?)\b/,
    plain('ec2-terminate'),
  ],
  [/\binstances?\b.*\b(?:dies?|fails?|terminate[sd]?|killed|lost|gone)\b/, plain('ec2-terminate')],
  [/\breboots?\b|\brestarts?\b/, plain('ec2-reboot')],
  [/\binstances?\b.*\b(?:stops?|stopped)\b|\bstops?\b.*\binstances?\b/, plain('ec2-stop')],
  [/\bcpu\b/, plain('cpu-burn')],
  [
    /\b(?:instances?|group|hosts?|servers?|machines?)\b.*\bdisks?\b|\bdisks?\b.*\b(?:instances?|group|hosts?|servers?|machines?)\b/,
    plain('disk-fill'),
  ],
  [
    /\b(?:instances?|group|hosts?|servers?|machines?)\b.*\bmemory\b|\bmemory\b.*\b(?:instances?|group|hosts?|servers?|machines?)\b/,
    plain('memory-fill'),
  ],
  [/\btimes? ?-?out\b|\btimeouts?\b/, plain('lambda-timeout')],
  [/\bdisks?\b|\/tmp\b|\bno space\b/, plain('lambda-disk')],
  [/\bcors\b.*\bbucket\b|\bbucket\b.*\bcors\b/, plain('s3-cors')],
  [/\bcors\b|\borigins?\b/, plain('api-cors')],
  [
    /\b(?:throttl\w*|capacity)\b.*\b(?:table|dynamodb)\b|\b(?:table|dynamodb)\b.*\b(?:throttl\w*|capacity)\b/,
    plain('dynamodb-throttle'),
  ],
  [/\bthrottl\w*|\bconcurren\w*/, plain('lambda-concurrency')],
  [
    /\b(?:can(?:no|')t|cannot|not) (?:reach|connect to|resolve|find) (?:the )?([\w.-]*\w)/,
    ([used = '', host = '']) => ({
      ...{ fault: 'lambda-deny-hosts', parameters: { hosts: [patternOf(host)] }, used },
    }),
  ],
  [
    /\b(?:queue|stream|event source|mapping)\b.*\b(?:off|disabled|stops?|silent)\b/,
    plain('lambda-event-source-off'),
  ],
  [/\bmemory\b|\bconfigur\w*/, plain('lambda-configure')],
  [/\b(?:den(?:y|ies|ied)|permissions?|forbidden|policy|unauthori[sz]ed)\b/, plain('lambda-deny')],
  [
    /\b(?:can(?:no|')t|cannot|not) be (?:reached|accessed|read|written|used|found|called|invoked)\b|\bun(?:reachable|available)\b|\binaccessible\b/,
    plain('lambda-deny'),
  ],
  [
    /\b(?:status|code|http|errors?|answers?(?: with)?) (?:code )?([1-5]\d\d)\b/,
    ([used = '', code]) => ({ fault: 'lambda-status', parameters: { code: Number(code) }, used }),
  ],
  [/\bthrows?\b|\bexceptions?\b|\bcrash(?:es)?\b/, plain('lambda-error')],
  [
    /(?<![\w.])([-\u2212]?\d+(?:\.\d+)?) ?(ms|millis\w*|s|secs?|seconds?|m|mins?|minutes?)\b/,
    ([used = '', count = '', unit]) => slower(used, inMs(Number(count.replace('\u2212', '-')), unit)),
  ],
  [/\berrors?\b|\bfails?\b/, () => ({ fault: 'lambda-status', parameters: { code: 500 } })],
  [
    /\bslow\w*|\blatenc\w*|\blate\b/,
    () => ({
      ...byALittle,
      guessed: ['ms'],
      notes: [`The question does not say by how much. Perhaps ${ms} ms.`],
    }),
  ],
];

/** Those at the end say little: nearly every question has a word of them. */
const telling = rules.slice(0, -3);

/** The fault that comes closest to a question. `kindOf`: the kind of target that a fault strikes. */
export function guessFault(question: string, kindOf: (fault: string) => string | undefined): Guess {
  const asked = question.toLowerCase();
  for (const [when, guess] of rules) {
    const found = when.exec(asked);
    if (found === null) continue;
    const guessed = guess(found);
    const denied = guessed.fault === 'lambda-deny' ? denials.find(([of]) => of.test(asked)) : undefined;
    const { fault, ...others } = denied === undefined ? guessed : { ...guessed, fault: denied[1] };
    const rest = asked.replace(found[0], ' ');
    const kinds = kindsIn(others.used === undefined ? asked : rest);
    const isOfAnother = kinds.length > 0 && !kinds.includes(kindOf(fault) ?? '');
    return isOfAnother || isNoHost(guessed) || telling.some(([also]) => also.test(rest))
      ? { fault, ...others, guessed: 'fault' }
      : { fault, ...others };
  }
  return { ...byALittle, guessed: 'fault' };
}

/** `cannot reach the table images`. */
function isNoHost({ fault, used = '' }: Guess): boolean {
  return fault === 'lambda-deny-hosts' && /(?:tables?|buckets?|queues?|topics?|functions?|group)$/.test(used);
}

const percentage = /(?<![\w.])(\d+(?:\.\d+)?) ?(?:%|percent\b|per cent\b)/;
const ofTargets = /^ of (?:\S+ )*?(?:instances|hosts|servers|machines)\b/;

/** A share that a question speaks of: `20 %`, `20% of the instances`. */
export interface AskedShare {
  readonly percent: number;
  readonly used: string;
  /** Else of events. */
  readonly isOfTargets: boolean;
}

export function shareIn(question: string): AskedShare | undefined {
  const asked = question.toLowerCase();
  const found = percentage.exec(asked);
  if (found === null) return undefined;
  const [used, percent] = found;
  return {
    percent: Number(percent),
    used,
    isOfTargets: ofTargets.test(asked.slice(found.index + used.length)),
  };
}

/** The amounts in a question, with their units, but for those in the words that were used. */
export function amountsLeft(question: string, used: readonly string[]): readonly string[] {
  const left = used.reduce((text, words) => text.replace(words.toLowerCase(), ' '), question.toLowerCase());
  return left.match(/(?<![\w.-])\d+(?:\.\d+)?(?: ?(?:%|[a-z]+))?(?![\w.])/g) ?? [];
}

function slower(used: string, asked: number): Guess {
  if (asked < 1)
    return { ...byALittle, used, guessed: ['ms'], notes: [`The question says ${used}: 1 ms is the least.`] };
  const most = Math.min(mostMs, asked);
  const notes =
    most === asked ? [] : [`The question says ${used}, and this is the most there is: ${mostMs} ms.`];
  return { fault: 'lambda-latency', parameters: { ms: most }, used, notes };
}

function inMs(count: number, unit = ''): number {
  if (/^m(?:s|illi)/.test(unit)) return Math.round(count);
  return Math.round(count * (unit.startsWith('m') ? 60_000 : 1_000));
}

/** A host and its subdomains; of a service's name, its endpoints. */
function patternOf(host: string): string {
  const escaped = host.replaceAll(/[.-]/g, '\\$&').replaceAll('\\-', '-');
  return host.includes('.') ? `(^|\\.)${escaped}$` : `(^|\\.)${escaped}\\.`;
}
