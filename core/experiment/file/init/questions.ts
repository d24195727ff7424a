/** What a question asks for. */
export interface Guess {
  readonly fault: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Nothing in the question said so: a person has to choose. */
  readonly isDefault?: true;
}

type Rule = readonly [when: RegExp, guess: (found: readonly string[]) => Guess];

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
  [/\b(?:instances?|group)\b.*\bdisks?\b|\bdisks?\b.*\binstances?\b/, plain('disk-fill')],
  [/\b(?:instances?|group)\b.*\bmemory\b/, plain('memory-fill')],
  [/\btimes? ?-?out\b|\btimeouts?\b/, plain('lambda-timeout')],
  [/\bdisks?\b|\/tmp\b|\bno space\b/, plain('lambda-disk')],
  [/\bcors\b.*\bbucket\b|\bbucket\b.*\bcors\b/, plain('s3-cors')],
  [/\bcors\b|\borigins?\b/, plain('api-cors')],
  [
    /\b(?:throttl\w*|capacity)\b.*\btable\b|\btable\b.*\b(?:throttl\w*|capacity)\b/,
    plain('dynamodb-throttle'),
  ],
  [/\bthrottl\w*|\bconcurren\w*/, plain('lambda-concurrency')],
  [
    /\b(?:can(?:no|')t|cannot|not) (?:reach|connect to|resolve|find) (?:the )?([\w.-]*\w)/,
    ([, host = '']) => ({ fault: 'lambda-deny-hosts', parameters: { hosts: [patternOf(host)] } }),
  ],
  [
    /\b(?:queue|stream|event source|mapping)\b.*\b(?:off|disabled|stops?|silent)\b/,
    plain('lambda-event-source-off'),
  ],
  [/\bmemory\b|\bconfigur\w*/, plain('lambda-configure')],
  [/\b(?:den(?:y|ies|ied)|permissions?|forbidden|policy|unauthori[sz]ed)\b/, () => plain('lambda-deny')()],
  [
    /\b(?:status|code|http|errors?|answers?(?: with)?) (?:code )?([1-5]\d\d)\b/,
    ([, code]) => ({ fault: 'lambda-status', parameters: { code: Number(code) } }),
  ],
  [/\bthrows?\b|\bexceptions?\b|\bcrash(?:es)?\b/, plain('lambda-error')],
  [
    /\b(\d+(?:\.\d+)?) ?(ms|millis\w*|s|secs?|seconds?)\b/,
    ([, count, unit]) => ({ fault: 'lambda-latency', parameters: { ms: inMs(Number(count), unit) } }),
  ],
  [/\berrors?\b|\bfails?\b/, () => ({ fault: 'lambda-status', parameters: { code: 500 } })],
  [/\bslow\w*|\blatenc\w*|\blate\b/, () => ({ fault: 'lambda-latency', parameters: { ms: 300 } })],
];

/** The fault that comes closest to a question. */
export function guessFault(question: string): Guess {
  const asked = question.toLowerCase();
  for (const [when, guess] of rules) {
    const found = when.exec(asked);
    if (found === null) continue;
    const guessed = guess(found);
    const denied = guessed.fault === 'lambda-deny' ? denials.find(([of]) => of.test(asked)) : undefined;
    return denied === undefined ? guessed : { ...guessed, fault: denied[1] };
  }
  return { fault: 'lambda-latency', parameters: { ms: 300 }, isDefault: true };
}

function inMs(count: number, unit = ''): number {
  return Math.min(900_000, Math.round(unit.startsWith('m') ? count : count * 1_000));
}

/** A host and its subdomains; of a service's name, its endpoints. */
function patternOf(host: string): string {
  const escaped = host.replaceAll(/[.-]/g, '\\$&').replaceAll('\\-', '-');
  return host.includes('.') ? `(^|\\.)${escaped}$` : `(^|\\.)${escaped}\\.`;
}
